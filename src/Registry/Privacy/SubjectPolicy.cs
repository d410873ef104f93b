using Governance.Registry.Access;

namespace Governance.Registry.Privacy;

/// <summary>Who may look for one person's rows, ask for their export or erasing, and carry that out. Pure.</summary>
/// <remarks>
/// Follows the table of rights: rows in the clear leave through reviewers whose grant names personal rows, erasing is a
/// retention job, and a compliance approver stands behind both. So two persons take part in each.
/// </remarks>
public static class SubjectPolicy
{
    /// <summary>Why someone may not learn how many rows there are of a person, or null when they may.</summary>
    public static Refusal? RefusalForFinding(IReadOnlySet<Role> roles) =>
        roles.Contains(Role.Approver) || roles.Contains(Role.Reviewer) || roles.Contains(Role.Operator)
            ? null
            : new Refusal("no-right", "Only compliance approvers, reviewers and operators look for one person's rows.");

    /// <summary>Why someone may not ask for an export or an erasing, or null when they may.</summary>
    public static Refusal? RefusalForAsking(IReadOnlySet<Role> roles) => roles.Contains(Role.Approver)
        ? null
        : new Refusal("no-right", "Only a compliance approver asks for the export or erasing of a person's rows.");

    /// <summary>Why someone may not carry a request out, or null when they may.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="person">Who would carry it out.</param>
    /// <param name="roles">Their roles.</param>
    /// <param name="seesPersonalRows">Whether a grant of theirs names personal rows.</param>
    public static Refusal? RefusalForCarryingOut(
        SubjectRequest request, UserId person, IReadOnlySet<Role> roles, bool seesPersonalRows)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.CarriedOutAt is not null ? new Refusal("carried-out", "The request was carried out already.")
            : request.RequestedBy == person ? new Refusal("own-request", "Another person than the one who asked carries the request out.")
            : request.Kind == SubjectRequestKind.Erase
            ? roles.Contains(Role.Operator) ? null : new Refusal("no-right", "Only an operator erases a person's rows.")
            : roles.Contains(Role.Reviewer) && seesPersonalRows ? null
            : new Refusal("no-right", "Only a reviewer whose grant names personal rows exports a person's rows.");
    }
}
