package io.roomrouting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomrouting.RoomId;
import io.roomrouting.RoomRecord;
import io.roomrouting.RoomSpec;
import java.lang.reflect.Proxy;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** What applications write into rooms, and which databases it may be written to. */
class StoredTextTest {

    @ParameterizedTest
    @FieldSource("io.roomrouting.jdbc.Engine#ALL")
    void a_room_is_found_as_it_was_made_whatever_its_words(Engine engine) {
        JdbcRegistry registry = JdbcRegistry.builder(engine.emptyDatabase()).build();
        RoomSpec spec = RoomSpec.ofType("chess")
                .withRegion("S\u00e3o Paulo, '); DROP TABLE routing_room; --")
                .withMaxClients(2)
                .withMetadata(Map.of("a&b=c", "100 % = \u0000 \ud83d\ude00 + \n", "empty", ""));

        RoomRecord made = registry.create(RoomId.random(), spec);

        assertThat(registry.find(made.room())).contains(made);
        assertThat(made.spec()).isEqualTo(spec);
    }

    @Test
    void an_empty_map_is_an_empty_text() {
        assertThat(FormText.of(Map.of())).isEmpty();
        assertThat(FormText.toMap("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PostgreSQL, 13, is PostgreSQL 13; needed is 14 or newer",
        "H2, 1, is H2 1; needed is 2 or newer",
        "Oracle, 23, is neither PostgreSQL nor H2"
    })
    void a_database_of_another_kind_or_age_is_refused_by_name(String product, int version, String words) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> Dialect.of(database(product, version)))
                .withMessage(words);
    }

    private static DatabaseMetaData database(String product, int version) {
        return (DatabaseMetaData) Proxy.newProxyInstance(
                DatabaseMetaData.class.getClassLoader(),
                new Class<?>[] {DatabaseMetaData.class},
                (self, method, arguments) -> method.getName().equals("getDatabaseProductName") ? product : version);
    }
}
