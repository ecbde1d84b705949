package io.diskmemo.key;

/**
 * The first byte of every encoded value. Part of the key format: a number is never given to another
 * type.
 */
final class TypeTag {
  static final byte NULL = 0x00;
  static final byte BOOLEAN = 0x01;
  static final byte BYTE = 0x02;
  static final byte SHORT = 0x03;
  static final byte CHAR = 0x04;
  static final byte INT = 0x05;
  static final byte LONG = 0x06;
  static final byte FLOAT = 0x07;
  static final byte DOUBLE = 0x08;
  static final byte STRING = 0x09;
  static final byte ENUM = 0x0A;
  static final byte RECORD = 0x0B;
  static final byte LIST = 0x0C;
  static final byte SET = 0x0D;
  static final byte MAP = 0x0E;
  static final byte OPTIONAL = 0x0F;
  static final byte ARRAY = 0x10;
  static final byte PRIMITIVE_ARRAY = 0x11;
  static final byte BIG_DECIMAL = 0x12;
  static final byte BIG_INTEGER = 0x13;
  static final byte UUID = 0x14;
  static final byte URI = 0x15;
  static final byte PATH = 0x16;
  static final byte FILE = 0x17;
  static final byte FILE_CONTENT = 0x18;
  static final byte ENCODABLE = 0x19;
  static final byte ENCODED = 0x1A;
  static final byte END = 0x1B;
  static final byte FOREIGN_PATH = 0x1C;
  static final byte INSTANT = 0x20;
  static final byte LOCAL_DATE = 0x21;
  static final byte LOCAL_TIME = 0x22;
  static final byte LOCAL_DATE_TIME = 0x23;
  static final byte OFFSET_DATE_TIME = 0x24;
  static final byte OFFSET_TIME = 0x25;
  static final byte ZONED_DATE_TIME = 0x26;
  static final byte DURATION = 0x27;
  static final byte PERIOD = 0x28;
  static final byte YEAR = 0x29;
  static final byte YEAR_MONTH = 0x2A;
  static final byte MONTH_DAY = 0x2B;
  static final byte ZONE_ID = 0x2C;

  private TypeTag() {}
}
