package io.roomrouting.socketio;

import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells several listeners of the same thing: one that fails must not keep it from the others. */
final class EachOf {

    private EachOf() {}

    /** Tells all, and throws what the first that failed has thrown. */
    static <T> void tell(Collection<T> listeners, Consumer<T> news) {
        @Nullable RuntimeException first = null;
        for (T listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException failure) {
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
