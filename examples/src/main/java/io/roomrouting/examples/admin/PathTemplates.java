package io.roomrouting.examples.admin;

import java.util.Collection;
import java.util.List;

/** The known paths of an API, so that what is counted by path has few values, whatever clients ask for. */
final class PathTemplates {

    /** Stands for every path that is not known. */
    static final String OTHER = "other";

    private final List<Template> templates;

    private record Template(String text, List<String> segments) {
        boolean fits(List<String> path) {
            if (path.size() != segments.size()) {
                return false;
            }
            for (int i = 0; i < path.size(); i++) {
                String segment = segments.get(i);
                if (!segment.startsWith("{") && !segment.equals(path.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Parts in braces stand for anything; of several that fit the first counts. */
    PathTemplates(Collection<String> templates) {
        this.templates = templates.stream()
                .map(text -> new Template(text, segments(text)))
                .toList();
    }

    String of(String path) {
        List<String> segments = segments(path);
        return templates.stream()
                .filter(template -> template.fits(segments))
                .map(Template::text)
                .findFirst()
                .orElse(OTHER);
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }
}
