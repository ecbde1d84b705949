/** The caches behind generated wrappers. */
module io.diskmemo.runtime {
  requires com.github.benmanes.caffeine;
  requires java.management;
  requires java.sql;
  requires org.slf4j;
  requires org.xerial.sqlitejdbc;
  requires static jdk.jfr;
  requires static transitive org.jspecify;
  requires tools.jackson.databind;
  requires transitive io.diskmemo.annotations;

  exports io.diskmemo;
  exports io.diskmemo.codec;
  exports io.diskmemo.generated;
  exports io.diskmemo.key;
}
