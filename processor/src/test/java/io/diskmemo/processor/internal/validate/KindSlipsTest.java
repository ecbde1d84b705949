package io.diskmemo.processor.internal.validate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KindSlipsTest {

  @ParameterizedTest
  @CsvSource({
    "geodata, geo-data",
    "goe, geo",
    "translaton, translation",
    "translationn, translation",
    "prises, prices",
    "price, prices",
    "orders-archvie, orders-archive",
    "defualt, default",
  })
  void slips(String name, String meant) {
    assertThat(KindSlips.isSlip(name, meant)).isTrue();
    assertThat(KindSlips.isSlip(meant, name)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "geo1, geo2",
    "geo, geo2",
    "geocoder, geocoder2",
    "geocoder21, geocoder12",
    "orders-eu, orders-us",
    "orders-eu, orders-ue",
    "orders, orders-old",
    "text, test",
    "map, mat",
    "prises, prizez",
    "streets-a, street-b",
    "users, orders",
  })
  void namesThatAreMeant(String name, String other) {
    assertThat(KindSlips.isSlip(name, other)).isFalse();
    assertThat(KindSlips.isSlip(other, name)).isFalse();
  }
}
