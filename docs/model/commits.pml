/*
 * Which joins and which writes are taken: two hosts, one room, tickets, and the store of the room's state.
 *
 * This model knows no leases and no clock. Whoever was granted an epoch, in his present life, acts on it whenever he
 * likes, however many owners there are at once: what is shown here holds even if all that ownership.pml shows failed.
 * Names of the code are in brackets; README.md beside this file has them all.
 */

#ifndef EPOCHS
#define EPOCHS  4       /* ownerships that are granted */
#endif
#define LIVES   2       /* lives of each host */
#define TICKETS 2
#define NONE    0

/* The registry: epoch e was granted to that life of that host [RoomAssignment, Epochs.next] */
byte newest;
byte grantHost[EPOCHS + 1];
byte grantLife[EPOCHS + 1];

/* The tickets: one for each grant that anybody looked up, here for the first two that are drawn [Ticket, TicketIssuer] */
byte ticket[TICKETS];           /* its epoch, and with it the life of a host that it is for */
bit  joined[TICKETS];           /* it has opened the door */

/* The hosts [LocalSessionHost, RoomRuntime, UsedTickets] */
byte life[2] = 1;
byte under[2];                  /* the epoch of the room on this host */
bit  open[2];                   /* its state has been loaded */
bit  usedTickets[TICKETS];      /* remembered by the host that the ticket is for */
byte saving[2];                 /* the epoch of a save under way; it outlives its sender [RoomStateStore.save] */

/* The store [RoomStateStore] */
byte seen;                      /* the newest epoch that it heeds */
byte loaded;                    /* the newest epoch under which it has ever handed the state out, or kept it */

#define grantedTo(e, h) (e != NONE && e <= newest && grantHost[e] == h && grantLife[e] == life[h])

/* I2 by construction: each grant has a larger epoch. That the grantee is the only one left is not assumed. */
active proctype Registry() {
    do
    :: d_step { newest < EPOCHS -> newest++; grantHost[newest] = 0; grantLife[newest] = life[0] }
    :: d_step { newest < EPOCHS -> newest++; grantHost[newest] = 1; grantLife[newest] = life[1] }
    od
}

/* Router: draws a ticket for the newest owner, and is slow to hand it out. */
active proctype Router() {
    do
    :: d_step { newest > 0 && ticket[0] == NONE -> ticket[0] = newest }
    :: d_step { newest > 0 && ticket[1] == NONE -> ticket[1] = newest }
    od
}

/* [RoomStateStore.load] */
inline load(h) {
#ifdef STORE_WITHOUT_FENCE
    open[h] = 1; loaded = (under[h] > loaded -> under[h] : loaded)
#else
    if
    :: under[h] < seen -> under[h] = NONE       /* [Loaded.Fenced]: the room does not open */
    :: else ->
#ifndef LOAD_WITHOUT_FENCE
        seen = under[h];
#endif
        open[h] = 1; loaded = (under[h] > loaded -> under[h] : loaded)
    fi
#endif
}

/* [RoomStateStore.save, delete]. I4: nothing older than what the state was handed out or kept under is taken. */
inline save(e) {
    if
#ifdef STORE_WITHOUT_FENCE
    :: true ->
#else
    :: e >= seen ->
#endif
        assert(e >= loaded);
        seen = e; loaded = e
    :: else
    fi
}

/* A ticket is shown. Its use is remembered before anything else is looked at [Entrance.admit, UsedTickets.use] */
inline present(t, h) {
    if
#ifdef TICKET_REPLAY
    :: true ->
#else
    :: !usedTickets[t] ->
#endif
        usedTickets[t] = 1;
        if
#ifdef EPOCH_NOT_CHECKED_ON_JOIN
        :: open[h] ->
#else
        :: open[h] && under[h] == ticket[t] ->          /* [Gate.admit] */
#endif
            /* I3 */
            assert(grantHost[ticket[t]] == h && grantLife[ticket[t]] == life[h] && ticket[t] == under[h] && !joined[t]);
            joined[t] = 1
        :: else                                         /* refused */
        fi
    :: else                                             /* refused */
    fi
}

#define isFor(t, h)     (grantedTo(ticket[t], h))       /* [HostRooms.livingLease] */

proctype Host(byte h) {
    do
    /* A room opens under any epoch that was granted to this life, also under one that is over */
    :: d_step { under[h] == NONE && grantedTo(1, h) -> under[h] = 1 }
    :: d_step { under[h] == NONE && grantedTo(2, h) -> under[h] = 2 }
    :: d_step { under[h] == NONE && grantedTo(3, h) -> under[h] = 3 }
    :: d_step { under[h] == NONE && grantedTo(4, h) -> under[h] = 4 }
    :: d_step { under[h] != NONE && !open[h] -> load(h) }
    :: d_step { open[h] && saving[h] == NONE -> saving[h] = under[h] }      /* sent; it arrives whenever it likes */
    :: d_step { saving[h] != NONE -> save(saving[h]) }                      /* and perhaps again */
    :: d_step { saving[h] != NONE -> saving[h] = NONE }                     /* lost, or answered */
    :: d_step { open[h] && isFor(0, h) -> present(0, h) }
    :: d_step { open[h] && isFor(1, h) -> present(1, h) }
    :: d_step { under[h] != NONE -> under[h] = NONE; open[h] = 0 }          /* closed */
    /* The next life: the memory of the former is gone [HostIncarnation.next] */
    :: d_step { life[h] < LIVES -> life[h]++; under[h] = NONE; open[h] = 0;
        if :: ticket[0] != NONE && grantHost[ticket[0]] == h -> usedTickets[0] = 0 :: else fi;
        if :: ticket[1] != NONE && grantHost[ticket[1]] == h -> usedTickets[1] = 0 :: else fi }
    od
}

init { atomic { run Host(0); run Host(1) } }
