package io.roomrouting.redis;

import io.roomrouting.session.RoomStateStore;
import io.roomrouting.testkit.RoomStateStoreContract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIf;

class RedisRoomStateStoreTest {

    private @Nullable RedisDatabase database;

    private RoomStateStore storeIn(RedisDatabase empty) {
        database = empty;
        return RedisRoomStateStore.in(empty);
    }

    @AfterEach
    void close() {
        if (database != null) {
            database.close();
        }
    }

    @Nested
    class OnTheOldest extends RoomStateStoreContract {
        @Override
        protected RoomStateStore createStore() {
            return storeIn(Engine.OLDEST.emptyDatabase());
        }
    }

    @Nested
    @EnabledIf(value = Engine.IS_INSTALLED, disabledReason = Engine.NOT_INSTALLED)
    class OnTheInstalled extends RoomStateStoreContract {
        @Override
        protected RoomStateStore createStore() {
            return storeIn(Engine.INSTALLED.emptyDatabase());
        }
    }
}
