/**
 * Cloud Access Management: the accounts of this server, their users, groups, roles and policies, and the keys they sign
 * with. Who may call what here is decided elsewhere.
 */
@NullMarked
package coffer.cam;

import org.jspecify.annotations.NullMarked;
