/*
 * Who may act for a room: two routers, two hosts, one room, one registry, and time.
 *
 * README.md beside this file says how to run it, what is left out and why that is sound, and which name stands for which
 * part of the code. Names of the code are in brackets here.
 *
 * Epochs have no numbers. All that anybody asks of one is whether it is the newest that was granted, so a grant turns
 * what was NEWEST into OLDER. Lives of a host have no numbers either: there is the life that runs now, and the one before
 * it, whose lease may still be counted by the registry. So nothing bounds how many ownerships and lives there are.
 */

#ifndef T
#define T       3       /* a lease, in ticks of the registry's clock [InMemoryRegistry.lease] */
#endif
#ifdef LATE_FENCE
#define SERVE   (T + 1) /* mutation: the host trusts its lease for longer than the registry does */
#else
#define SERVE   T       /* until here, in true time, the slowest clock tolerated may say [Lease.serves] */
#endif
#define EARLIEST (T - 1) /* from here on the other clocks say that the lease is over [Lease.SERVE_UNTIL] */

#define NEW     (T + 1) /* this life has not had a lease yet */
#define NEVER   SERVE   /* as old as a stamp needs to be to be worth nothing */

#define NOBODY  2
#define NONE    0       /* no epoch */
#define OLDER   1
#define NEWEST  2

mtype = { ABSENT, CONFIRMED, OPEN, CLOSING }    /* a room on a host [RoomState] */
mtype = { OVER, CLAIMED, IN_USE }               /* an ownership [LeasedOwnership.Use] */

/* The registry [InMemoryRegistry, RoomEntry, HostLease] */
byte left[2] = NEW;             /* what is left of the lease of a host's present life [HostLease.isAlive] */
byte leftFormer[2];             /* and of the life before */
byte grantee = NOBODY;          /* whom the newest epoch was granted to [RoomEntry.newest] */
bit  granteeFormer;             /* that life has ended */
mtype use = OVER;

/* The hosts [LocalSessionHost, Lease, LeaseKeeper, RoomRuntime, Tenure] */
byte used[2] = NEVER;           /* of the lease, since the renewal in force was asked for [Lease.usedShare] */
byte asked[2] = NEVER;          /* since the renewal under way was asked for [Lease.Moment] */
bit  answered[2];               /* the registry has granted it, the reply is under way */
mtype room[2] = ABSENT;
byte under[2];                  /* the epoch of the room on this host */

/* Messages under way */
bit  claim[2];                  /* claims, by the host that they name [RoomRegistry.claim] */
byte staleTicket = NOBODY;      /* whose present life the tickets for the epoch before the newest are for [Ticket] */
byte strayFrom = NOBODY;        /* the sender of a release that has outlived its room [RoomOwnership.release] */
byte strayEpoch;


#define leased(h)       (left[h] > 0 && left[h] <= T)
#define owns(h)         (grantee == h && !granteeFormer && use != OVER)

#ifdef NO_FENCE
#define serves(h)       true    /* mutation */
#else
#define serves(h)       (used[h] < SERVE)
#endif
#define mayAct(h)       (room[h] == OPEN && serves(h))

/* I1: whoever may act does so under the newest epoch that was granted. */
#define oneOwner        ((!mayAct(0) || under[0] == NEWEST) && (!mayAct(1) || under[1] == NEWEST) && !(mayAct(0) && mayAct(1)))

/* The lease of a life that is over matters while it owns the room, or may still be taken for alive. */
inline forgetFormer(h) {
    if
    :: left[h] != NEW && !(grantee == h && granteeFormer && use != OVER) -> leftFormer[h] = 0
    :: else
    fi
}

inline endOwnership() {
    use = OVER;
    forgetFormer(0);
    forgetFormer(1)
}

inline age(h) {
    if :: left[h] > 0 && left[h] <= T -> left[h]-- :: else fi;
    if :: leftFormer[h] > 0 -> leftFormer[h]-- :: else fi;
    if :: used[h] < NEVER -> used[h]++ :: else fi;
    if :: asked[h] < NEVER -> asked[h]++ :: else fi;
    if :: left[h] == 0 && !answered[h] -> asked[h] = NEVER :: else fi;  /* nothing renews it any more */
#ifndef COUNT_FROM_REPLY
    if :: asked[h] == NEVER -> answered[h] = 0 :: else fi;              /* a reply as old as that changes nothing */
#endif
    if
    :: grantee == h && !granteeFormer && !leased(h) -> endOwnership()
    :: grantee == h && granteeFormer && leftFormer[h] == 0 -> endOwnership()
    :: else
    fi
}

active proctype Clock() {
    do
    :: d_step { true -> age(0); age(1) }
    od
}

/* A new ownership [RoomEntry.begin, Epochs.next] */
inline grant(h, former) {
    if :: under[0] == NEWEST -> under[0] = OLDER :: else fi;
    if :: under[1] == NEWEST -> under[1] = OLDER :: else fi;
    if :: strayEpoch == NEWEST -> strayEpoch = OLDER :: else fi;
    if :: grantee != NOBODY && !granteeFormer -> staleTicket = grantee :: else -> staleTicket = NOBODY fi;
    grantee = h; granteeFormer = former; use = CLAIMED;
    forgetFormer(0);
    forgetFormer(1);
    assert(oneOwner)
}

/* A claim that nobody has confirmed may have lapsed: when, is left open [HostLease.counts, unconfirmedClaimLife]. */
#ifdef CLAIM_WITHOUT_COMPARE
#define free    true            /* mutation: what the router has found before is believed */
#else
#define free    (use != IN_USE) /* [RoomEntry.claim, Ownership.isOverForGood] */
#endif

/*
 * A router finds no owner, places the room and sends a claim, which arrives long after, or never, or is one of several for
 * the same host [RoomRouter, Placer]. What a router knows is in its claim, so that two of them are as good as many.
 */
active [2] proctype Router() {
    do
    :: d_step { !claim[0] && use != IN_USE -> claim[0] = 1 }    /* [RoomRegistry.find] */
    :: d_step { !claim[1] && use != IN_USE -> claim[1] = 1 }
    od
}

/* The registry takes a claim [InMemoryRegistry.claim] */
active proctype Claims() {
    do
    :: d_step { claim[0] && free && leased(0) -> grant(0, 0) }
    :: d_step { claim[1] && free && leased(1) -> grant(1, 0) }
       /* the host is dead, and neither its lease nor its next life have told so yet */
    :: d_step { claim[0] && free && leftFormer[0] > 0 && left[0] == NEW -> grant(0, 1) }
    :: d_step { claim[1] && free && leftFormer[1] > 0 && left[1] == NEW -> grant(1, 1) }
       /* the last of them was taken, or got lost, or lost the race [ClaimResult.Held, HostRefused] */
    :: d_step { claim[0] -> claim[0] = 0 }
    :: d_step { claim[1] -> claim[1] = 0 }
    od
}

/* A join or a heartbeat reaches the registry [InMemoryRegistry.join, heartbeat, HostLease.renew] */
inline renewed(h) {
    left[h] = T;
    forgetFormer(h)             /* it takes no claims any more [HostLease.succeed] */
}

/* A release reaches the registry [RoomEntry.release] */
inline released(h, epoch) {
#ifdef RELEASE_WITHOUT_EPOCH
    if :: grantee == h -> endOwnership() :: else fi     /* mutation */
#else
    if :: epoch == NEWEST -> endOwnership() :: else fi
#endif
}

/* Of two such releases the one is kept that the registry would heed. */
inline outlives(h) {
    if
    :: strayEpoch != NEWEST || under[h] == NEWEST -> strayFrom = h; strayEpoch = under[h]
    :: else
    fi
}

proctype Host(byte h) {
    do
    /* The lease [LeaseKeeper.renew, join]. The stamp is taken before the request is sent; one that was not answered is given up. */
    :: d_step { asked[h] > 0 && used[h] > 0 && left[h] > 0 -> asked[h] = 0; answered[h] = 0 }
    :: d_step { asked[h] < NEVER && !answered[h] && left[h] > 0 -> renewed(h); answered[h] = 1 }
    :: d_step { left[h] > 0 -> renewed(h) }             /* one that was given up, or of which the answer got lost */
    :: d_step { leftFormer[h] > 0 -> leftFormer[h] = T }   /* one of the former life */
    :: d_step { answered[h] ->                          /* [LeaseKeeper.granted, Lease.renew] */
#ifdef COUNT_FROM_REPLY
        used[h] = 0;                                    /* mutation */
#else
        if :: asked[h] < used[h] -> used[h] = asked[h] :: else fi;
#endif
        answered[h] = 0; asked[h] = NEVER; assert(oneOwner) }

    /* The next life: after a crash, or because the lease has ended [LocalSessionHost.leaseLost, HostIncarnation.next] */
    :: d_step { left[h] != NEW && leftFormer[h] == 0 ->
        leftFormer[h] = left[h]; left[h] = NEW;
        if :: grantee == h -> granteeFormer = 1 :: else fi;
        if :: room[h] == CLOSING -> outlives(h) :: else fi;
        if :: staleTicket == h -> staleTicket = NOBODY :: else fi;
        room[h] = ABSENT; under[h] = NONE;
        used[h] = NEVER; asked[h] = NEVER; answered[h] = 0 }

    /* A ticket is shown and the registry confirms; the answer is under way [Entrance.admit, Tenure.confirm, RoomEntry.confirm] */
    :: d_step { room[h] == ABSENT && owns(h) && leased(h) -> use = IN_USE; room[h] = CONFIRMED; under[h] = NEWEST }
#ifdef EPOCH_NOT_CHECKED_ON_CONFIRM
    :: d_step { room[h] == ABSENT && staleTicket == h && leased(h) -> room[h] = CONFIRMED; under[h] = OLDER }    /* mutation */
#endif
#ifdef LIFE_NOT_CHECKED
    :: d_step { room[h] == ABSENT && grantee == h && granteeFormer && use != OVER -> use = IN_USE; room[h] = CONFIRMED; under[h] = NEWEST } /* mutation */
#endif
    :: d_step { room[h] == CONFIRMED -> room[h] = ABSENT; under[h] = NONE }     /* the answer got lost [RoomRuntime.disown] */
    :: d_step { room[h] == CONFIRMED && serves(h) -> room[h] = OPEN; assert(oneOwner) }     /* [RoomRuntime.opened] */
    :: d_step { room[h] == CONFIRMED && serves(h) -> room[h] = CLOSING }        /* the handler fails [RoomRuntime.giveUp] */

    /* A ticket is shown for a room that is open [Gate.admit] */
    :: d_step { mayAct(h) -> assert(under[h] == NEWEST && grantee == h && !granteeFormer) }
#ifdef EPOCH_NOT_CHECKED_ON_JOIN
    :: d_step { mayAct(h) && staleTicket == h -> assert(false) }                 /* mutation */
#endif

    /* The room closes and is given back, again and again until that is answered [Ending.release, Tenure.release] */
    :: d_step { room[h] == OPEN -> room[h] = CLOSING }
    :: d_step { room[h] == CLOSING -> released(h, under[h]) }                   /* the answer is lost */
    :: d_step { room[h] == CLOSING -> released(h, under[h]); room[h] = ABSENT; under[h] = NONE }
    :: d_step { room[h] == CLOSING -> released(h, under[h]); outlives(h); room[h] = ABSENT; under[h] = NONE }  /* an earlier one is late */
#ifdef FORGET_UNRELEASED       /* mutation: the lease is over by one look at it, so the room is forgotten; but the lease is not given up */
    :: d_step { room[h] == CLOSING && used[h] >= EARLIEST -> outlives(h); room[h] = ABSENT; under[h] = NONE }
#endif
    :: d_step { strayFrom == h -> released(h, strayEpoch); strayFrom = NOBODY; strayEpoch = NONE }
    :: d_step { strayFrom == h -> strayFrom = NOBODY; strayEpoch = NONE }       /* lost */
    od
}

init { atomic { run Host(0); run Host(1) } }
