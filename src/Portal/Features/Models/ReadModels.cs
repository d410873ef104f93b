using System.Security.Claims;
using Governance.Portal.Features.Home;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Evidence;
using Governance.Registry.Models;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Models;

/// <summary>Reads the models that someone may see, with their versions; outside a grant a model does not exist.</summary>
internal sealed class ReadModels(IDbContextFactory<GovernanceDb> databases)
{
    /// <summary>The models by name, and who asks.</summary>
    public Task<(Person Person, IReadOnlyList<ModelRow> Rows)> ListAsync(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        ListAsync(user.Id(), cancellationToken);

    /// <summary>The models by name, and who asks.</summary>
    public async Task<(Person Person, IReadOnlyList<ModelRow> Rows)> ListAsync(UserId id, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken);
        if (await Holdings.LoadAsync(db, id, cancellationToken) is not Holdings holdings)
        {
            return (new Person(id, "", new HashSet<Role>()), []);
        }

        List<Model> models = await db.Models.AsNoTracking().OrderBy(model => model.Name).ToListAsync(cancellationToken);
        Dictionary<ModelId, ModelVisibility> seen = models.ToDictionary(model => model.Id, model => holdings.VisibilityOf(model, null));
        ModelId[] open = [.. models.Where(model => seen[model.Id] == ModelVisibility.Full).Select(model => model.Id)];
        Portfolio portfolio = await Portfolio.LoadAsync(db, models, open, holdings, cancellationToken);
        return (holdings.Person,
        [
            .. models.Where(model => seen[model.Id] != ModelVisibility.None).Select(model =>
                seen[model.Id] == ModelVisibility.Full
                    ? new ModelRow(model, portfolio.Names.Of(model.Owner), false, portfolio.VersionsOf(model))
                    : new ModelRow(model, "", true, [])),
        ]);
    }

    /// <summary>One model, or null where it does not exist or not for this person.</summary>
    public async Task<(Person Person, ModelRow? Row)> FindAsync(string name, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        (Person person, IReadOnlyList<ModelRow> rows) = await ListAsync(user, cancellationToken);
        return (person, rows.FirstOrDefault(row => row.Model.Name == name));
    }

    // Versions with what was signed and sealed on them, read in five queries whatever their number.
    private sealed record Portfolio(
        PersonNames Names, ILookup<ModelId, ModelVersion> Versions, ILookup<ModelVersionId, SignOff> SignOffs,
        ILookup<ModelVersionId, EvidenceRecord> Evidence, ILookup<ModelVersionId, StageMove> Moves,
        ILookup<ModelVersionId, VersionParent> Parents)
    {
        public static async Task<Portfolio> LoadAsync(
            GovernanceDb db, List<Model> models, ModelId[] open, Holdings holdings, CancellationToken cancellationToken)
        {
            Dictionary<ModelId, Model> known = models.ToDictionary(model => model.Id);
            ModelVersion[] versions =
            [
                .. (await db.Versions.AsNoTracking().Where(version => open.Contains(version.Model))
                    .OrderByDescending(version => version.Number).ToListAsync(cancellationToken))
                    .Where(version => holdings.VisibilityOf(known[version.Model], version.Stage) == ModelVisibility.Full),
            ];
            ModelVersionId[] ids = [.. versions.Select(version => version.Id)];
            return new Portfolio(
                await PersonNames.LoadAsync(db, [.. models.Select(model => model.Owner), .. versions.Select(version => version.Author)], cancellationToken),
                versions.ToLookup(version => version.Model),
                (await db.SignOffs.AsNoTracking().Where(row => ids.Contains(row.Version)).ToListAsync(cancellationToken)).ToLookup(row => row.Version),
                (await db.Evidence.AsNoTracking().Where(EvidenceRecord.Deciding).Where(row => ids.Contains(row.Version)).OrderByDescending(row => row.SealedAt)
                    .ToListAsync(cancellationToken)).ToLookup(row => row.Version),
                (await db.StageMoves.AsNoTracking().Where(row => ids.Contains(row.Version)).ToListAsync(cancellationToken)).ToLookup(row => row.Version),
                (await db.VersionParents.AsNoTracking().Where(row => ids.Contains(row.Child)).ToListAsync(cancellationToken)).ToLookup(row => row.Child));
        }

        public IReadOnlyList<VersionRow> VersionsOf(Model model) => [.. Versions[model.Id].Select(version => RowOf(model, version))];

        private VersionRow RowOf(Model model, ModelVersion version)
        {
            EvidenceRecord[] evidence = [.. Evidence[version.Id]];
            SignOff[] round = [.. SignOffs[version.Id].Where(signOff => signOff.Round == version.Round)];
            Registry.Ledger.FactDigest root = EvidenceRoot.Of(version.Digest, evidence);
            return new VersionRow(
                version, Names.Of(version.Author),
                round.Count(signOff => signOff.Verdict.IsApproval() && signOff.SeenEvidence == root), evidence,
                new VersionStanding
                {
                    Model = model.Name,
                    Number = version.Number,
                    Tier = model.Tier,
                    Stage = version.Stage,
                    Author = version.Author,
                    SubmittedBy = version.SubmittedBy,
                    Reviewers = round.Where(signOff => signOff.Kind == SignOffKind.Review).Select(signOff => signOff.Person).ToHashSet(),
                    Deciders = round.Where(signOff => signOff.Kind == SignOffKind.Decision).Select(signOff => signOff.Person).ToHashSet(),
                    ApprovalsNeeded = SignOffPolicy.ApproversNeeded(model.Tier),
                    Evidence = evidence.Length,
                    Breaches = evidence.Length == 0 ? 0 : evidence[0].Breaches,
                    Inconclusive = evidence.Length == 0 ? 0 : evidence[0].Inconclusive,
                    Since = Moves[version.Id].Select(move => move.At).DefaultIfEmpty(version.RegisteredAt).Max(),
                })
            {
                Origin = OriginOf(model, version),
            };
        }

        // Parents of the same model alone: others may be none of the person's business, and stand on the version's page where they are.
        private string? OriginOf(Model model, ModelVersion version)
        {
            string[] words =
            [
                .. from link in Parents[version.Id]
                   join parent in Versions[model.Id] on link.Parent equals parent.Id
                   orderby parent.Number
                   group parent by link.Kind into kind
                   select $"{VersionWords.Of(kind.Key)} {string.Join(", ", kind.Select(parent => $"v{parent.Number}"))}",
            ];
            return words.Length == 0 ? null : string.Join("; ", words);
        }
    }
}
