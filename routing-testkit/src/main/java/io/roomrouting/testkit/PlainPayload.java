package io.roomrouting.testkit;

import io.roomrouting.RoutingException;
import io.roomrouting.session.Payload;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * An object that passes as it is.
 *
 * @param value the object
 */
record PlainPayload(@Nullable Object value) implements Payload {

    @Override
    public <T> T as(Class<T> type) {
        if (value == null) {
            throw RoutingException.invalid("the argument is null, not a " + type.getName());
        }
        if (!boxed(type).isInstance(value)) {
            throw RoutingException.invalid(
                    "the argument is a " + value.getClass().getName() + ", not a " + type.getName()
                            + "; without a payload codec, objects pass as they are: " + value);
        }
        return boxed(type).cast(value);
    }

    @Override
    public boolean isNull() {
        return value == null;
    }

    @Override
    public String toString() {
        return value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
    }

    @SuppressWarnings("unchecked") // int.class is a Class<Integer>, and so is Integer.class.
    private static <T> Class<T> boxed(Class<T> type) {
        return (Class<T>) MethodType.methodType(type).wrap().returnType();
    }
}
