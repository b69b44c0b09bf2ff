package io.roomrouting.redis;

import io.roomrouting.session.RoomStateStore;
import io.roomrouting.testkit.RoomStateStoreContract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

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
    class OnTheInstalled extends RoomStateStoreContract {
        @Override
        protected RoomStateStore createStore() {
            return storeIn(Engine.INSTALLED.emptyDatabase());
        }
    }
}
