/**
 * Cloud Access Management: the accounts of this server, their users, groups, roles and policies, the keys they sign
 * with, and what they have elsewhere: webhooks and remote stores. Who may call what here is decided elsewhere.
 */
@NullMarked
package coffer.cam;

import org.jspecify.annotations.NullMarked;
