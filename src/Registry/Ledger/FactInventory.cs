using Governance.Registry.Access;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Ledger;

/// <summary>Every fact that the ledger must name, with its digest as the rows stand now.</summary>
internal static class FactInventory
{
    public static async Task<Dictionary<LedgerSubject, FactDigest>> LoadAsync(
        GovernanceDb db, CancellationToken cancellationToken)
    {
        Dictionary<LedgerSubject, FactDigest> facts = [];
        foreach (IQueryable<IFact> rows in (IQueryable<IFact>[])
            [
                db.Artifacts, db.Models, db.Versions, db.Inspections, db.StageMoves, db.Datasets, db.Runs, db.Evidence,
                db.SignOffs, db.Grants, db.Holds, db.RetentionChoices, db.Erasures, db.PublisherKeys, db.Signatures, db.Probes,
                db.Tokens, db.ExternalLogins,
                db.Teams, db.TeamMembers, db.BreakGlass, db.Proposals,
                db.ColumnMarks, db.PrivacyKeys, db.SubjectRequests, db.SubjectErasures,
                db.TheftAlarms, db.AlarmSteps, db.GaugeMarks, db.GaugeDecisions, db.BudgetChoices, db.ThrottleChoices, db.OutputPolicyChoices,
                db.SealedDossiers, db.RegisterFindings, db.RegisterSteps, db.Attestations, db.CaseReviews,
                db.SigningKeys,
                db.PolicyPacks, db.PolicyAdoptions,
                db.ServingChoices,
                db.SigningKeys, db.PackExports,
                db.Deployments, db.DeploymentEnds, db.TrafficErasures,
                db.MonitorPlans,
                db.Schedules, db.ScheduleSteps,
                db.Alerts, db.AlertSteps, db.AlertDestinations, db.AlertDestinationEnds,
                db.Comments, db.CommentEdits,
                db.SavedCohorts, db.SavedCohortSteps,
                db.Annotations,
            ])
        {
            await foreach (IFact fact in rows.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                facts[fact.Subject] = fact.Digest();
            }
        }

        await AddAccountsAsync(db, facts, cancellationToken);
        return facts;
    }

    /// <summary>The first version whose stage, round, submitter or own digest does not follow from its other rows.</summary>
    public static async Task<(LedgerSubject Subject, string Sentence)?> FindDriftAsync(
        GovernanceDb db, CancellationToken cancellationToken)
    {
        ILookup<ModelVersionId, StageMove> moves = (await db.StageMoves.AsNoTracking().ToListAsync(cancellationToken))
            .ToLookup(move => move.Version);
        ILookup<ModelVersionId, VersionParent> parents =
            (await db.VersionParents.AsNoTracking().ToListAsync(cancellationToken)).ToLookup(parent => parent.Child);
        Dictionary<ModelVersionId, ModelVersion> versions = await db.Versions.AsNoTracking()
            .ToDictionaryAsync(version => version.Id, cancellationToken);
        foreach (ModelVersion version in versions.Values.OrderBy(version => version.RegisteredAt))
        {
            StageMove[] own = [.. moves[version.Id].OrderBy(move => move.Number)];
            StageMove? last = own.LastOrDefault();
            StageMove? submission = own.LastOrDefault(move => move.To == Stage.InReview);
            if (version.Stage != (last?.To ?? Stage.Draft) || version.SubmittedBy != submission?.By
                || version.Round != own.Count(move => move.To == Stage.InReview))
            {
                return (version.Subject, $"The stage of {version.Subject} does not follow from its moves.");
            }

            if (parents[version.Id].Any(parent => !versions.ContainsKey(parent.Parent))
                || VersionDigest.Of(version.Artifact, version.Encoding, parents[version.Id]
                    .Select(parent => (versions[parent.Parent].Digest, parent.Kind))) != version.Digest)
            {
                return (version.Subject, $"The digest of {version.Subject} does not follow from its artefact, encoding and parents.");
            }
        }

        return null;
    }

    private static async Task AddAccountsAsync(
        GovernanceDb db, Dictionary<LedgerSubject, FactDigest> facts, CancellationToken cancellationToken)
    {
        ILookup<Guid, string?> roles = (await db.UserRoles.Join(
                db.Roles, row => row.RoleId, role => role.Id, (row, role) => new { row.UserId, role.Name })
            .ToListAsync(cancellationToken)).ToLookup(row => row.UserId, row => row.Name);
        foreach (GovernanceUser user in await db.Users.AsNoTracking().ToListAsync(cancellationToken))
        {
            facts[new LedgerSubject(LedgerSubject.User, user.Person.ToString())] = AccountFact.DigestOf(
                user.Person, user.Deactivated,
                roles[user.Id].Where(name => Enum.TryParse<Role>(name, out _)).Select(name => Enum.Parse<Role>(name!)),
                user.Owner);
        }
    }
}
