using Governance.Registry.Access;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Register;

/// <summary>A finding of the register with everything done about it.</summary>
/// <param name="Finding">The fact.</param>
/// <param name="Steps">In order.</param>
public sealed record RegisterEntry(RegisterFinding Finding, IReadOnlyList<RegisterStep> Steps)
{
    /// <summary>Who answers for it now.</summary>
    public UserId Owner => Steps.LastOrDefault(step => step.Owner is not null)?.Owner ?? Finding.Owner;

    /// <summary>Until when it has to be remedied now; null where no date is set.</summary>
    public DateTimeOffset? DueAt => Steps.LastOrDefault(step => step.DueAt is not null)?.DueAt ?? Finding.DueAt;

    /// <summary>The end of the acceptance that is in force or ran out last; null where it is not accepted.</summary>
    public DateTimeOffset? AcceptedUntil => Deciding is { Kind: RegisterStepKind.Accept } accepted ? accepted.Until : null;

    /// <summary>Where it stands whatever the day, as a dossier holds it: "Open", "Closed", or "Accepted" with its end.</summary>
    public string Standing => Deciding switch
    {
        { Kind: RegisterStepKind.Close } => nameof(FindingStatus.Closed),
        { Kind: RegisterStepKind.Accept, Until: DateTimeOffset until } => $"{nameof(FindingStatus.Accepted)} until {Microseconds.Iso(until)}",
        _ => nameof(FindingStatus.Open),
    };

    private RegisterStep? Deciding => Steps.LastOrDefault(
        step => step.Kind is RegisterStepKind.Close or RegisterStepKind.Accept or RegisterStepKind.Reopen);

    /// <summary>Where it stands at a moment: an acceptance whose end has passed leaves it open again.</summary>
    public FindingStatus StatusAt(DateTimeOffset now) => Deciding switch
    {
        { Kind: RegisterStepKind.Close } => FindingStatus.Closed,
        { Kind: RegisterStepKind.Accept, Until: DateTimeOffset until } when now < until => FindingStatus.Accepted,
        _ => FindingStatus.Open,
    };

    /// <summary>Whether it is open past its due date.</summary>
    public bool IsOverdueAt(DateTimeOffset now) => StatusAt(now) == FindingStatus.Open && DueAt <= now;

    /// <summary>As it was before decisions wrote into it; null where it comes from one of them.</summary>
    internal RegisterEntry? Without(IReadOnlySet<SignOffId> decisions) =>
        Finding.SignOff is SignOffId made && decisions.Contains(made) ? null
        : this with { Steps = [.. Steps.Where(step => step.SignOff is not SignOffId part || !decisions.Contains(part))] };

    internal static async Task<IReadOnlyList<RegisterEntry>> LoadAsync(
        GovernanceDb db, ModelVersionId version, CancellationToken cancellationToken) =>
        await LoadAsync(db, db.RegisterFindings.Where(row => row.Version == version), cancellationToken);

    internal static async Task<IReadOnlyList<RegisterEntry>> LoadAsync(
        GovernanceDb db, IQueryable<RegisterFinding> wanted, CancellationToken cancellationToken)
    {
        RegisterFinding[] findings = await wanted.AsNoTracking().OrderBy(row => row.RaisedAt).ThenBy(row => row.Id).ToArrayAsync(cancellationToken);
        RegisterFindingId[] ids = [.. findings.Select(row => row.Id)];
        ILookup<RegisterFindingId, RegisterStep> steps = (await db.RegisterSteps.AsNoTracking().Where(row => ids.Contains(row.Finding))
            .OrderBy(row => row.Number).ToListAsync(cancellationToken)).ToLookup(row => row.Finding);
        return [.. findings.Select(row => new RegisterEntry(row, [.. steps[row.Id]]))];
    }
}
