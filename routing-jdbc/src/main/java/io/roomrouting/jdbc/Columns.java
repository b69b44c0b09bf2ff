package io.roomrouting.jdbc;

import io.roomrouting.HostAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads columns that several tables have. */
final class Columns {

    private Columns() {}

    static OptionalLong optionalLong(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    static OptionalInt optionalInt(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }

    static HostAddress address(ResultSet row) throws SQLException {
        return new HostAddress(
                row.getString("address_host"), row.getInt("address_port"), row.getBoolean("address_secure"));
    }
}
