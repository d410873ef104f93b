using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.BreakGlass;

/// <summary>A request as someone may see it, with what they may do about it.</summary>
/// <param name="Request">The request.</param>
/// <param name="State">Where it stands now.</param>
/// <param name="Person">The asker's name.</param>
/// <param name="Reason">Why; null where it was erased.</param>
/// <param name="OpenedBy">Who opened it; null for nobody.</param>
/// <param name="Finding">What the reviewer found; null for nothing yet.</param>
/// <param name="MayOpen">Whether the viewer may open it now.</param>
/// <param name="MayStop">Whether the viewer may refuse it or end it now.</param>
/// <param name="MayReview">Whether the viewer may review it now.</param>
/// <param name="Told">Whether the viewer is one who is told of it: the model's owner, or an auditor.</param>
public sealed record BreakGlassView(
    BreakGlassRequest Request, BreakGlassState State, string Person, string? Reason, string? OpenedBy, string? Finding,
    bool MayOpen, bool MayStop, bool MayReview, bool Told);

/// <summary>Reads break-glass requests, as far as the viewer may see them.</summary>
public sealed class BreakGlassQueries(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>One's own requests, and those on models that one owns, approves, audits or administers; the newest first.</summary>
    public async Task<IReadOnlyList<BreakGlassView>> VisibleToAsync(UserId viewer, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await Holdings.LoadAsync(db, viewer, cancellationToken) is not Holdings holdings)
        {
            return [];
        }

        Dictionary<string, Model> models = await db.Models.AsNoTracking().ToDictionaryAsync(model => model.Name, cancellationToken);
        IReadOnlyDictionary<UserId, string> names = await PeopleQueries.NamesAsync(db, cancellationToken);
        List<BreakGlassRequest> requests = await db.BreakGlass.AsNoTracking()
            .OrderByDescending(row => row.AskedAt).ToListAsync(cancellationToken);
        FactDigest[] digests = [.. requests.SelectMany(row => (FactDigest?[])[row.Reason, row.Review]).OfType<FactDigest>()];
        Dictionary<FactDigest, string> texts = await db.PersonalTexts.AsNoTracking().Where(text => digests.Contains(text.Digest))
            .ToDictionaryAsync(text => text.Digest, text => text.Text, cancellationToken);
        return
        [
            .. requests.Select(row => ViewOf(row, holdings, models.GetValueOrDefault(row.Model), names, texts)).OfType<BreakGlassView>(),
        ];
    }

    /// <summary>Whether someone is a second person for requests on a model, and whether they may review what was done.</summary>
    internal static (bool IsSecond, bool MayReview) Near(Holdings holdings, Model? model)
    {
        bool approver = model is not null && holdings.Decide(Right.Approve, model, null) is { Allowed: true, Cell: not Allowance.BreakGlass };
        return (
            approver || holdings.Person.Roles.Contains(Role.Administrator),
            approver || holdings.Person.Roles.Contains(Role.Auditor) || model?.Owner == holdings.Person.Id);
    }

    private static BreakGlassView? ViewOf(
        BreakGlassRequest row, Holdings holdings, Model? model, IReadOnlyDictionary<UserId, string> names,
        Dictionary<FactDigest, string> texts)
    {
        (bool second, bool review) = Near(holdings, model);
        UserId viewer = holdings.Person.Id;
        return row.Person != viewer && !second && !review
            ? null
            : new BreakGlassView(
                row, row.StateAt(holdings.At), names.GetValueOrDefault(row.Person, "?"), texts.GetValueOrDefault(row.Reason),
                row.OpenedBy is UserId by ? names.GetValueOrDefault(by, "?") : null,
                row.Review is FactDigest finding ? texts.GetValueOrDefault(finding) : null,
                BreakGlassPolicy.RefusalToOpen(row, viewer, second, holdings.At) is null,
                BreakGlassPolicy.RefusalToStop(row, viewer, second, holdings.At) is null,
                BreakGlassPolicy.RefusalToReview(row, viewer, review, holdings.At) is null,
                holdings.Person.Roles.Contains(Role.Auditor) || model?.Owner == viewer);
    }
}
