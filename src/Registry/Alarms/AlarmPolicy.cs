using Governance.Registry.Access;
using Governance.Registry.Ledger;

namespace Governance.Registry.Alarms;

/// <summary>Who may say what after an alarm. Pure: it reads no clock, no user and no database.</summary>
public static class AlarmPolicy
{
    /// <summary>A release without a reason.</summary>
    public static Refusal NoReason { get; } =
        new("no-reason", $"Say what you found, in 1 to {PersonalText.MaxLength} characters: it is kept with the release.");

    private static Refusal Done { get; } = new("already-done", "That was already done.");

    /// <summary>Whether the queries were a person's own, or those of a service account that they answer for.</summary>
    public static bool IsOwn(AlarmView view, Person person)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(person);
        return view.Party.Confirmer == person.Id;
    }

    /// <summary>Whether a person confirms it: the one behind the queries, or for whoever left an administrator.</summary>
    public static bool Confirms(AlarmView view, Person person) =>
        IsOwn(view, person) || (view.Party is { Confirmer: not null, IsOrphaned: true } && person.Roles.Contains(Role.Administrator));

    /// <summary>Why a person may not confirm; null where they may.</summary>
    public static Refusal? RefusalToConfirm(AlarmView view, Person person) =>
        !Confirms(view, person) ? new Refusal(
            "not-yours", "Only the person whose queries raised the alarm confirms who they are; for a service account the person who answers for it.")
        : view.NeedsConfirmation ? null : Done;

    /// <summary>Why a person may not release; null where they may.</summary>
    /// <param name="view">The alarm.</param>
    /// <param name="person">Who.</param>
    /// <param name="owner">Whether they own the model.</param>
    /// <param name="suspends">Whether they may suspend its versions: then they stand in where the queries are the owner's own.</param>
    public static Refusal? RefusalToRelease(AlarmView view, Person person, bool owner, bool suspends) =>
        IsOwn(view, person) ? new Refusal("own-alarm", "Your own queries raised this alarm, so somebody else must look into it.")
        : !owner && (view.Party.Confirmer != view.Owner || !suspends)
            ? new Refusal("not-owner", "The model's owner releases a stream after an alarm; where it is the owner's own, an operator or approver.")
        : view.NeedsRelease ? null : Done;
}
