package io.roomrouting.testkit.sim;

/** A kind of fault or hard condition; every seed has some of them. */
public enum Trouble {
    /** A host's process dies and is started again later. */
    CRASH,
    /** A host or a router stands still for a while; its clocks go on. */
    PAUSE,
    /** A host's machine is suspended: its monotonic clock stands still, its wall clock goes on. */
    SUSPEND,
    /** Two machines cannot reach each other, or one cannot reach the other. */
    PARTITION,
    /** A host is cut off from the registry while its clients still reach it. */
    CUT_OFF,
    /** Nobody reaches the registry. */
    OUTAGE,
    /** The registry's process dies; the next has no memory. */
    REGISTRY_RESTART,
    /** Clients' connections break. */
    BROKEN_CONNECTIONS,
    /** The hosts' wall clocks are set. */
    CLOCK_SET,
    /** Calls get lost, or their answers. */
    LOSS,
    /** Calls are executed twice, the second time perhaps much later. */
    DUPLICATION,
    /** Some messages take seconds. */
    SLOW_MESSAGES,
    /** Machines' clocks run at different speeds. */
    DRIFT,
    /** Machines' wall clocks differ. */
    OFFSET,
    /** Hosts drain, told by themselves or through the registry, and take it back. */
    DRAIN,
    /** Hosts stop in an orderly way and are started again later. */
    STOP,
    /** Hosts keep the rooms' state in a store, which cannot always be reached. */
    STATE,
    /** Clients have seats, and come back to them when their connections break. */
    SEATS,
    /** Hosts go on serving while the registry is silent. */
    AVAILABLE,
    /** Rooms take fewer clients than want to come. */
    TIGHT_ROOMS,
    /** Hosts take fewer rooms and connections than there are. */
    TIGHT_HOSTS,
    /** Clients have rooms closed for good. */
    CLOSED_ROOMS,
    /** Clients use tickets twice, late, and at the wrong host. */
    OLD_TICKETS
}
