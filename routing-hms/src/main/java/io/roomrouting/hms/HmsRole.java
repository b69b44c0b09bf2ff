package io.roomrouting.hms;

import io.roomrouting.RoutingException;
import java.util.regex.Pattern;

/**
 * The name of a role in a template of 100ms, which says what a user may do in a call: 1 to 64 characters of
 * {@code A-Z a-z 0-9 . _ -}.
 *
 * @param value the name, exactly as the template has it
 */
public record HmsRole(String value) {

    // First, since the roles below are checked with it.
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** Whoever comes in, unless a {@link RolePolicy} says otherwise. */
    public static final HmsRole GUEST = new HmsRole("guest");

    /** Whoever created the room, if they ask for it. */
    public static final HmsRole HOST = new HmsRole("host");

    /**
     * Checks the form.
     *
     * @throws RoutingException.InvalidRequest if the value is not a role's name
     */
    public HmsRole {
        if (!FORM.matcher(value).matches()) {
            throw RoutingException.invalid("a role is 1 to 64 characters of A-Z a-z 0-9 . _ -");
        }
    }

    /**
     * Returns the role with this name.
     *
     * @param value 1 to 64 characters
     * @return the role
     * @throws RoutingException.InvalidRequest if the value is not a role's name
     */
    public static HmsRole of(String value) {
        return new HmsRole(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
