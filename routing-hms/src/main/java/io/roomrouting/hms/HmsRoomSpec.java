package io.roomrouting.hms;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a room shall be like. Immutable; every {@code with} returns a changed copy and refuses values out of bounds.
 *
 * <p>100ms knows rooms by name, without regard to case: to create one under a name that exists changes the existing one.
 *
 * @param name 1 to 128 characters of {@code A-Z a-z 0-9 . : _ -}
 * @param description free text, at most 512 characters
 * @param templateId the template that the roles come from; empty for the account's default
 * @param region where the media servers stand
 * @param size how many peers are expected, 1 to 2,500
 */
public record HmsRoomSpec(String name, String description, Optional<String> templateId, HmsRegion region, int size) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.:_-]{1,128}");
    private static final int MAX_DESCRIPTION = 512;
    private static final int MAX_TEMPLATE_ID = 128;
    private static final int MAX_SIZE = 2_500;
    private static final int DEFAULT_SIZE = 100;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if a value is out of bounds
     */
    public HmsRoomSpec {
        Bounds.check(isName(name), "name: 1 to 128 characters of A-Z a-z 0-9 . : _ -");
        Bounds.check(
                description.length() <= MAX_DESCRIPTION, "description: at most " + MAX_DESCRIPTION + " characters");
        Bounds.check(
                templateId.isEmpty()
                        || (!templateId.get().isBlank() && templateId.get().length() <= MAX_TEMPLATE_ID),
                "templateId: 1 to " + MAX_TEMPLATE_ID + " characters, not blank");
        Bounds.check(size >= 1 && size <= MAX_SIZE, "size = " + size + ", must be 1 to " + MAX_SIZE);
    }

    /**
     * Describes a room of the account's default template, for 100 peers, in the region of the template.
     *
     * @param name 1 to 128 characters of {@code A-Z a-z 0-9 . : _ -}
     * @return the description
     * @throws IllegalArgumentException if it is no name
     */
    public static HmsRoomSpec named(String name) {
        return new HmsRoomSpec(name, "", Optional.empty(), HmsRegion.AUTO, DEFAULT_SIZE);
    }

    /**
     * Changes {@link #name()}.
     *
     * @param value 1 to 128 characters of {@code A-Z a-z 0-9 . : _ -}
     * @return a changed copy
     * @throws IllegalArgumentException if it is no name
     */
    public HmsRoomSpec withName(String value) {
        return new HmsRoomSpec(value, description, templateId, region, size);
    }

    /**
     * Changes {@link #description()}.
     *
     * @param value at most 512 characters
     * @return a changed copy
     * @throws IllegalArgumentException if it is longer
     */
    public HmsRoomSpec withDescription(String value) {
        return new HmsRoomSpec(name, value, templateId, region, size);
    }

    /**
     * Changes {@link #templateId()}.
     *
     * @param value the id of a template, from the dashboard
     * @return a changed copy
     * @throws IllegalArgumentException if it is blank or longer than 128 characters
     */
    public HmsRoomSpec withTemplateId(String value) {
        return new HmsRoomSpec(name, description, Optional.of(value), region, size);
    }

    /**
     * Changes {@link #region()}.
     *
     * @param value the region
     * @return a changed copy
     */
    public HmsRoomSpec withRegion(HmsRegion value) {
        return new HmsRoomSpec(name, description, templateId, value, size);
    }

    /**
     * Changes {@link #size()}.
     *
     * @param value 1 to 2,500
     * @return a changed copy
     * @throws IllegalArgumentException if the value is out of bounds
     */
    public HmsRoomSpec withSize(int value) {
        return new HmsRoomSpec(name, description, templateId, region, value);
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
