package io.roomrouting.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Connections of which some calls fail, before or after they have had their effect. */
final class FaultyConnections {

    /** When a call fails. */
    enum Moment {
        BEFORE,
        AFTER
    }

    private final DataSource real;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile String method = "";
    private volatile String state = "";
    private volatile Moment moment = Moment.BEFORE;

    FaultyConnections(DataSource real) {
        this.real = real;
    }

    /** Lets the next calls of a method fail with this code. */
    void failNext(int times, String method, Moment moment, String state) {
        this.method = method;
        this.moment = moment;
        this.state = state;
        failures.set(times);
    }

    int failuresLeft() {
        return failures.get();
    }

    DataSource dataSource() {
        return proxy(DataSource.class, real);
    }

    private <T> T proxy(Class<T> type, Object target) {
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, called, arguments) -> {
                    boolean fails =
                            called.getName().equals(method) && failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
                    if (fails && moment == Moment.BEFORE) {
                        throw failure();
                    }
                    Object result = invoke(target, called, arguments);
                    if (fails) {
                        throw failure();
                    }
                    return wrapped(result);
                });
        return type.cast(proxy);
    }

    private Object wrapped(Object result) {
        if (result instanceof Connection connection) {
            return proxy(Connection.class, connection);
        }
        return result instanceof PreparedStatement statement ? proxy(PreparedStatement.class, statement) : result;
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private SQLException failure() {
        return new SQLException("planned failure of user admin with password hunter2", state);
    }
}
