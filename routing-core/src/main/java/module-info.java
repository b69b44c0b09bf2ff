/** Room Routing: who owns a room, and how its clients find it. */
module io.roomrouting {
    requires org.slf4j;
    requires static transitive org.jspecify;
}
