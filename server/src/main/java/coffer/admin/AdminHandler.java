package coffer.admin;

/** Does what one operation of the admin API is for. */
@FunctionalInterface
interface AdminHandler {
    /**
     * Answers a call.
     *
     * @return the record that the operation's row names
     * @throws AdminException if it is refused; {@link coffer.cam.CamException} likewise
     */
    Object handle(AdminServices services, AdminCall call);
}
