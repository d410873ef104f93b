using Governance.Registry.Access;

namespace Governance.Registry.BreakGlass;

/// <summary>Who may ask for break-glass, open it, stop it and review it. Pure.</summary>
public static class BreakGlassPolicy
{
    // What is not given alone even in an emergency: files leave by two persons, rights are given by administrators.
    private static readonly EnumSet<Right> Never = EnumSet.Of(Right.DownloadArtifact, Right.Administer);

    /// <summary>The rights that someone may ask for.</summary>
    public static IEnumerable<Right> RightsFor(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return Enum.GetValues<Right>().Where(right => RefusalToAsk(person, right) is null);
    }

    /// <summary>Why someone may not ask for a right, or null when they may.</summary>
    public static Refusal? RefusalToAsk(Person person, Right right)
    {
        ArgumentNullException.ThrowIfNull(person);
        return person.Roles.Count == 0 ? new Refusal("no-right", "An account without a role asks for nothing.")
            : Never.Contains(right) ? new Refusal("not-by-break-glass", "This right is never given by break-glass: it needs two persons.")
            : AccessPolicy.IsClosed(person.Roles, right)
                ? new Refusal("closed", "An administrator never approves nor reads explanations or rows, by break-glass neither.")
            : null;
    }

    /// <summary>Why someone may not open a request, or null when they may.</summary>
    /// <param name="request">The request.</param>
    /// <param name="by">Who wants to open it.</param>
    /// <param name="isSecond">Whether they are an approver of the model or an administrator.</param>
    /// <param name="now">The moment.</param>
    public static Refusal? RefusalToOpen(BreakGlassRequest request, UserId by, bool isSecond, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.StateAt(now) != BreakGlassState.Waiting
            ? new Refusal("wrong-state", "This request does not wait any more.")
            : by == request.Person
                ? now >= request.OpensAt ? null
                : new Refusal("own-request", "Nobody grants their own request before the waiting time is over. Ask an approver of the model, or an administrator.")
            : isSecond ? null : NotSecond;
    }

    /// <summary>Why someone may not refuse a request or end it early, or null when they may.</summary>
    public static Refusal? RefusalToStop(BreakGlassRequest request, UserId by, bool isSecond, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.StateAt(now) is not (BreakGlassState.Waiting or BreakGlassState.InForce)
            ? new Refusal("wrong-state", "There is nothing to stop: it neither waits nor is in force.")
            : by == request.Person || isSecond ? null : NotSecond;
    }

    /// <summary>Why someone may not review a request, or null when they may.</summary>
    /// <param name="request">The request.</param>
    /// <param name="by">Who wants to review it.</param>
    /// <param name="mayReview">Whether they are the model's owner, an approver of it or an auditor.</param>
    /// <param name="now">The moment.</param>
    public static Refusal? RefusalToReview(BreakGlassRequest request, UserId by, bool mayReview, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.StateAt(now) is not (BreakGlassState.AwaitsReview or BreakGlassState.Overdue)
            ? new Refusal("wrong-state", "There is nothing to review: it is not over, or was reviewed already.")
            : by == request.Person || by == request.OpenedBy
                ? new Refusal("own-request", "Whoever asked for it or opened it does not review it.")
            : mayReview ? null
            : new Refusal("no-right", "The model's owner, an approver of it or an auditor reviews what was done.");
    }

    private static Refusal NotSecond { get; } =
        new("no-right", "Only an approver of the model or an administrator decides on this.");
}
