using Governance.Registry.Access;
using Governance.Registry.Versions;

namespace Governance.Registry.Register;

/// <summary>Who may raise findings and what may be done about them. Pure.</summary>
/// <remarks>Reviewers raise and close, but not on what they built; approvers accept with an end; owners and developers answer.</remarks>
public static class RegisterPolicy
{
    /// <summary>Why someone may not raise a finding, or null where they may.</summary>
    /// <param name="stage">Of the version.</param>
    /// <param name="people">Who had a hand in it.</param>
    /// <param name="standing">How they stand to it.</param>
    public static Refusal? RefusalForRaising(Stage stage, VersionPeople people, Standing standing)
    {
        ArgumentNullException.ThrowIfNull(people);
        ArgumentNullException.ThrowIfNull(standing);
        return standing.RefusalFor(Right.Review) is not null
                ? new Refusal("no-right", "Reviewers of a model raise and close its findings.")
            : IsOwn(people, standing)
                ? new Refusal("own-work", "You had a hand in this version, so you neither raise nor close findings on it.")
            : stage == Stage.Retired
                ? new Refusal("wrong-stage", "This version is retired, so nothing is raised on it any more.")
            : null;
    }

    /// <summary>Why someone may not take a step, or null where they may.</summary>
    /// <param name="kind">Which step.</param>
    /// <param name="entry">On which finding.</param>
    /// <param name="people">Who had a hand in its version.</param>
    /// <param name="standing">How they stand to it.</param>
    /// <param name="now">UTC.</param>
    public static Refusal? RefusalFor(
        RegisterStepKind kind, RegisterEntry entry, VersionPeople people, Standing standing, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(people);
        ArgumentNullException.ThrowIfNull(standing);
        FindingStatus status = entry.StatusAt(now);
        bool reviews = standing.RefusalFor(Right.Review) is null;
        bool approves = standing.RefusalFor(Right.Approve) is null;
        bool builds = standing.RefusalFor(Right.Register) is null;
        return kind switch
        {
            RegisterStepKind.Comment => reviews || approves || builds || entry.Owner == standing.Person?.Id ? null
                : new Refusal("no-right", "Developers, reviewers, approvers and the owner of a finding comment on it."),
            RegisterStepKind.Close or RegisterStepKind.Reopen or RegisterStepKind.Plan when !reviews =>
                new Refusal("no-right", "A reviewer of the model closes, opens again and plans findings. Say in a comment what was done."),
            RegisterStepKind.Close or RegisterStepKind.Reopen or RegisterStepKind.Plan when IsOwn(people, standing) =>
                new Refusal("own-work", "You had a hand in this version, so you neither raise nor close findings on it."),
            RegisterStepKind.Accept when !approves => new Refusal("no-right", "Only a compliance approver of the model accepts a finding, with a reason and an end."),
            RegisterStepKind.Accept when IsOwn(people, standing) => new Refusal("own-work", "You had a hand in this version, so you cannot accept what is wrong with it."),
            RegisterStepKind.Accept when people.Reviewers.Contains(standing.Person!.Id) =>
                new Refusal("reviewed-it", "You reviewed this version, so you cannot accept a finding on it. Ask a compliance approver who did not."),
            RegisterStepKind.Close when status == FindingStatus.Closed => new Refusal("wrong-state", "This finding is closed already."),
            RegisterStepKind.Accept when status != FindingStatus.Open => new Refusal("wrong-state", "Only an open finding is accepted."),
            RegisterStepKind.Reopen when status == FindingStatus.Open => new Refusal("wrong-state", "This finding is open."),
            RegisterStepKind.Plan when status == FindingStatus.Closed => new Refusal("wrong-state", "This finding is closed."),
            _ => null,
        };
    }

    private static bool IsOwn(VersionPeople people, Standing standing) =>
        standing.Person is Person person && (people.Author == person.Id || people.Submitters.Contains(person.Id));
}
