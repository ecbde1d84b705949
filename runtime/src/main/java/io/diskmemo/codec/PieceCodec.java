package io.diskmemo.codec;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The codec of one type that {@link ValueWriter} and {@link ValueReader} have methods for. Types are
 * told apart by name, so that none is loaded that is not used.
 *
 * @param <T> type of the values
 */
final class PieceCodec<T extends @Nullable Object> implements Codec<T> {
  private final String type;

  PieceCodec(String type) {
    this.type = type;
  }

  @Override
  public void write(ValueWriter out, T value) {
    Object piece = value;
    switch (type) {
      case "boolean" -> out.writeBoolean((boolean) piece);
      case "byte" -> out.writeByte((byte) piece);
      case "short" -> out.writeShort((short) piece);
      case "char" -> out.writeChar((char) piece);
      case "int" -> out.writeInt((int) piece);
      case "long" -> out.writeLong((long) piece);
      case "float" -> out.writeFloat((float) piece);
      case "double" -> out.writeDouble((double) piece);
      case "java.lang.Boolean" -> out.writeNullableBoolean((Boolean) piece);
      case "java.lang.Byte" -> out.writeNullableByte((Byte) piece);
      case "java.lang.Short" -> out.writeNullableShort((Short) piece);
      case "java.lang.Character" -> out.writeNullableChar((Character) piece);
      case "java.lang.Integer" -> out.writeNullableInt((Integer) piece);
      case "java.lang.Long" -> out.writeNullableLong((Long) piece);
      case "java.lang.Float" -> out.writeNullableFloat((Float) piece);
      case "java.lang.Double" -> out.writeNullableDouble((Double) piece);
      case "java.lang.String" -> out.writeString((String) piece);
      case "java.math.BigDecimal" -> out.writeBigDecimal((BigDecimal) piece);
      case "java.math.BigInteger" -> out.writeBigInteger((BigInteger) piece);
      case "java.util.UUID" -> out.writeUuid((UUID) piece);
      case "java.net.URI" -> out.writeUri((URI) piece);
      case "java.nio.file.Path" -> out.writePath((Path) piece);
      case "java.io.File" -> out.writeFile((File) piece);
      case "java.time.Instant" -> out.writeInstant((Instant) piece);
      case "java.time.LocalDate" -> out.writeLocalDate((LocalDate) piece);
      case "java.time.LocalTime" -> out.writeLocalTime((LocalTime) piece);
      case "java.time.LocalDateTime" -> out.writeLocalDateTime((LocalDateTime) piece);
      case "java.time.OffsetDateTime" -> out.writeOffsetDateTime((OffsetDateTime) piece);
      case "java.time.OffsetTime" -> out.writeOffsetTime((OffsetTime) piece);
      case "java.time.ZonedDateTime" -> out.writeZonedDateTime((ZonedDateTime) piece);
      case "java.time.Duration" -> out.writeDuration((Duration) piece);
      case "java.time.Period" -> out.writePeriod((Period) piece);
      case "java.time.Year" -> out.writeYear((Year) piece);
      case "java.time.YearMonth" -> out.writeYearMonth((YearMonth) piece);
      case "java.time.MonthDay" -> out.writeMonthDay((MonthDay) piece);
      case "java.time.ZoneId" -> out.writeZoneId((ZoneId) piece);
      case "java.time.ZoneOffset" -> out.writeZoneOffset((ZoneOffset) piece);
      case "[Z" -> out.writeBooleanArray((boolean[]) piece);
      case "[B" -> out.writeByteArray((byte[]) piece);
      case "[S" -> out.writeShortArray((short[]) piece);
      case "[C" -> out.writeCharArray((char[]) piece);
      case "[I" -> out.writeIntArray((int[]) piece);
      case "[J" -> out.writeLongArray((long[]) piece);
      case "[F" -> out.writeFloatArray((float[]) piece);
      case "[D" -> out.writeDoubleArray((double[]) piece);
      default -> throw new IllegalStateException("no codec of " + type);
    }
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // of the type asked for, null where that may be
  public T read(ValueReader in) {
    return (T) readPiece(in);
  }

  private @Nullable Object readPiece(ValueReader in) {
    return switch (type) {
      case "boolean" -> in.readBoolean();
      case "byte" -> in.readByte();
      case "short" -> in.readShort();
      case "char" -> in.readChar();
      case "int" -> in.readInt();
      case "long" -> in.readLong();
      case "float" -> in.readFloat();
      case "double" -> in.readDouble();
      case "java.lang.Boolean" -> in.readNullableBoolean();
      case "java.lang.Byte" -> in.readNullableByte();
      case "java.lang.Short" -> in.readNullableShort();
      case "java.lang.Character" -> in.readNullableChar();
      case "java.lang.Integer" -> in.readNullableInt();
      case "java.lang.Long" -> in.readNullableLong();
      case "java.lang.Float" -> in.readNullableFloat();
      case "java.lang.Double" -> in.readNullableDouble();
      case "java.lang.String" -> in.readString();
      case "java.math.BigDecimal" -> in.readBigDecimal();
      case "java.math.BigInteger" -> in.readBigInteger();
      case "java.util.UUID" -> in.readUuid();
      case "java.net.URI" -> in.readUri();
      case "java.nio.file.Path" -> in.readPath();
      case "java.io.File" -> in.readFile();
      case "java.time.Instant" -> in.readInstant();
      case "java.time.LocalDate" -> in.readLocalDate();
      case "java.time.LocalTime" -> in.readLocalTime();
      case "java.time.LocalDateTime" -> in.readLocalDateTime();
      case "java.time.OffsetDateTime" -> in.readOffsetDateTime();
      case "java.time.OffsetTime" -> in.readOffsetTime();
      case "java.time.ZonedDateTime" -> in.readZonedDateTime();
      case "java.time.Duration" -> in.readDuration();
      case "java.time.Period" -> in.readPeriod();
      case "java.time.Year" -> in.readYear();
      case "java.time.YearMonth" -> in.readYearMonth();
      case "java.time.MonthDay" -> in.readMonthDay();
      case "java.time.ZoneId" -> in.readZoneId();
      case "java.time.ZoneOffset" -> in.readZoneOffset();
      case "[Z" -> in.readBooleanArray();
      case "[B" -> in.readByteArray();
      case "[S" -> in.readShortArray();
      case "[C" -> in.readCharArray();
      case "[I" -> in.readIntArray();
      case "[J" -> in.readLongArray();
      case "[F" -> in.readFloatArray();
      case "[D" -> in.readDoubleArray();
      default -> throw new IllegalStateException("no codec of " + type);
    };
  }
}
