using Governance.Registry.Access;
using Governance.Registry.Versions;

namespace Governance.Registry.Alerts;

/// <summary>Who may do what about an alert. Pure: it reads no clock, no user and no database.</summary>
/// <remarks>
/// Operators, developers and reviewers of the model take alerts up, explain, fix, plan and mute them; accepting is for
/// operators, reviewers and approvers who did not build the version. Auditors read.
/// </remarks>
public static class AlertPolicy
{
    /// <summary>The longest mute and the longest acceptance, in days: then people look again.</summary>
    public const int MostDays = 365;

    /// <summary>The steps that people take, in the order in which pages offer them.</summary>
    public static IReadOnlyList<AlertStepKind> Steps { get; } =
    [
        AlertStepKind.Acknowledge, AlertStepKind.Explain, AlertStepKind.Fix, AlertStepKind.Accept, AlertStepKind.Plan, AlertStepKind.Mute,
        AlertStepKind.Unmute, AlertStepKind.Comment,
    ];

    /// <summary>Why someone may not take a step, or null where they may.</summary>
    /// <param name="kind">Which step.</param>
    /// <param name="entry">On which alert.</param>
    /// <param name="people">Who had a hand in the version.</param>
    /// <param name="standing">How they stand to it.</param>
    /// <param name="now">UTC.</param>
    public static Refusal? RefusalFor(AlertStepKind kind, AlertEntry entry, VersionPeople people, Standing standing, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(people);
        ArgumentNullException.ThrowIfNull(standing);
        bool works = Has(standing, Right.Operate) || Has(standing, Right.Review) || Has(standing, Right.Register);
        bool own = standing.Person is Person person && (people.Author == person.Id || people.Submitters.Contains(person.Id));
        AlertState state = entry.StateAt(now);
        return !Steps.Contains(kind) ? new Refusal("not-a-persons", "That step follows from a rule.")
            : kind == AlertStepKind.Comment && !works && !Has(standing, Right.Approve) && entry.Owner != standing.Person?.Id
                ? new Refusal("no-right", "Operators, developers, reviewers and approvers of the model comment on its alerts.")
            : kind == AlertStepKind.Accept && !Has(standing, Right.Operate) && !Has(standing, Right.Review) && !Has(standing, Right.Approve)
                ? new Refusal("no-right", "An operator, a reviewer or a compliance approver of the model accepts an alert.")
            : kind == AlertStepKind.Accept && own
                ? new Refusal("own-work", "You had a hand in this version, so you cannot accept what is wrong with it.")
            : kind is not (AlertStepKind.Comment or AlertStepKind.Accept) && !works
                ? new Refusal("no-right", "Operators, developers and reviewers of the model deal with its alerts.")
            : RefusalOfState(kind, entry, state, now);
    }

    private static Refusal? RefusalOfState(AlertStepKind kind, AlertEntry entry, AlertState state, DateTimeOffset now) => kind switch
    {
        AlertStepKind.Acknowledge when state != AlertState.Open => new Refusal("wrong-state", "Only an open alert is taken up."),
        AlertStepKind.Explain or AlertStepKind.Fix or AlertStepKind.Accept when state is AlertState.Explained or AlertState.Fixed or AlertState.Accepted =>
            new Refusal("wrong-state", "This alert is settled. It opens again by itself when it comes back."),
        AlertStepKind.Plan when state is not (AlertState.Open or AlertState.Acknowledged) =>
            new Refusal("wrong-state", "Only an alert that is not settled has an owner and a date to meet."),
        AlertStepKind.Mute when entry.MutedUntil(now) is not null => new Refusal("wrong-state", "This alert is muted already."),
        AlertStepKind.Unmute when entry.MutedUntil(now) is null => new Refusal("wrong-state", "This alert is not muted."),
        _ => null,
    };

    private static bool Has(Standing standing, Right right) => standing.RefusalFor(right) is null;
}
