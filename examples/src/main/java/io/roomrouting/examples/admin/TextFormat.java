package io.roomrouting.examples.admin;

import java.util.List;

/** How meters are written down. */
enum TextFormat {
    /** Prometheus' own text format. */
    PROMETHEUS("text/plain; version=0.0.4; charset=utf-8"),
    /** OpenMetrics 1.0. */
    OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

    private final String mediaType;

    TextFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    /**
     * Chooses.
     *
     * @param accepted media types, the most wanted first
     * @return the first of both that is accepted; {@link #PROMETHEUS} if none is
     */
    static TextFormat among(List<String> accepted) {
        for (String type : accepted) {
            if (type.startsWith("application/openmetrics-text")) {
                return OPEN_METRICS;
            }
            if (type.startsWith("text/") || type.startsWith("*/*")) {
                return PROMETHEUS;
            }
        }
        return PROMETHEUS;
    }
}
