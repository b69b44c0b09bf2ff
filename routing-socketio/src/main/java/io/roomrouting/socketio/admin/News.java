package io.roomrouting.socketio.admin;

import java.util.List;
import java.util.function.Supplier;

/**
 * Something that UIs are told.
 *
 * @param name the event's name in the official UI
 * @param arguments made for each UI, when it can hear them
 */
record News(String name, Supplier<List<?>> arguments) {

    static News of(String name, Object... arguments) {
        List<Object> all = List.of(arguments);
        return new News(name, () -> all);
    }
}
