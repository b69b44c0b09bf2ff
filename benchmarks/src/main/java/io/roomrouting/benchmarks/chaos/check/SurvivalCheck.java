package io.roomrouting.benchmarks.chaos.check;

import io.roomrouting.benchmarks.chaos.check.History.Step;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What became of a host's sessions, and whether those of other hosts noticed. */
final class SurvivalCheck {

    private static final double WANTED_SHARE = 0.99;

    private SurvivalCheck() {}

    static List<Finding> of(History history, Fault fault) {
        String when = fault.kind().label();
        Set<String> there = fault.seats().stream().map(Seat::client).collect(Collectors.toSet());
        Set<Seat> resumed = new HashSet<>();
        Set<Seat> lost = new HashSet<>();
        Map<String, Long> away = new HashMap<>();
        Map<String, Long> back = new HashMap<>();
        long disturbed = 0;
        for (Step step : history.steps()) {
            if (!fault.covers(step.at())) {
                continue;
            }
            if (!there.contains(step.seat().client())) {
                disturbed++;
                continue;
            }
            switch (step.kind()) {
                case RESUMED -> {
                    resumed.add(step.seat());
                    back.putIfAbsent(step.seat().client(), step.at() - fault.at());
                }
                case BEGUN -> back.putIfAbsent(step.seat().client(), step.at() - fault.at());
                case LOST -> lost.add(step.seat());
                case DROPPED -> away.putIfAbsent(step.seat().client(), step.at() - fault.at());
            }
        }
        return List.of(
                fate(when, fault, resumed, lost),
                Finding.told(when, "the host's clients notice", Spans.describe(away.values())),
                Finding.told(when, "the host's clients are in a session again", Spans.describe(back.values())),
                Finding.none(when, "disturbances of sessions on other hosts", disturbed));
    }

    private static Finding fate(String when, Fault fault, Set<Seat> resumed, Set<Seat> lost) {
        int all = fault.seats().size();
        long survived = fault.seats().stream()
                .filter(seat -> resumed.contains(seat) && !lost.contains(seat))
                .count();
        if (fault.kind() == Fault.Kind.DRAIN) {
            double share = all == 0 ? 0 : (double) survived / all;
            String figure = String.format(Locale.ROOT, "%d of %d (%.1f %%)", survived, all, share * 100);
            return new Finding(
                    when, "the host's sessions that survive", figure, "99 % at least", share >= WANTED_SHARE);
        }
        long told = fault.seats().stream().filter(lost::contains).count();
        return new Finding(
                when,
                "the host's sessions that are told how it is",
                told + " lost and " + survived + " resumed of " + all,
                "all",
                told + survived == all && all > 0);
    }
}
