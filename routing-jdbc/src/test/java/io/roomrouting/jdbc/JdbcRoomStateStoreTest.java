package io.roomrouting.jdbc;

import io.roomrouting.session.RoomStateStore;
import io.roomrouting.testkit.RoomStateStoreContract;
import org.junit.jupiter.api.Nested;

class JdbcRoomStateStoreTest {

    @Nested
    class OnH2 extends RoomStateStoreContract {
        @Override
        protected RoomStateStore createStore() {
            return JdbcRoomStateStore.in(Engine.H2.emptyDatabase());
        }
    }

    @Nested
    class OnTheOldestPostgres extends RoomStateStoreContract {
        @Override
        protected RoomStateStore createStore() {
            return JdbcRoomStateStore.in(Engine.OLDEST_POSTGRES.emptyDatabase());
        }
    }

    @Nested
    class OnTheNewestPostgres extends RoomStateStoreContract {
        @Override
        protected RoomStateStore createStore() {
            return JdbcRoomStateStore.in(Engine.NEWEST_POSTGRES.emptyDatabase());
        }
    }
}
