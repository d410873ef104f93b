using Governance.Registry.Access;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Alerts;

/// <summary>An alert as pages show it.</summary>
/// <param name="Entry">The alert with steps and windows.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Number">The version's number.</param>
/// <param name="Stage">Where the version stands.</param>
/// <param name="Names">Display names of everyone.</param>
/// <param name="Texts">What was written, by digest; erased texts are missing.</param>
/// <param name="Viewer">How the viewer stands to its version.</param>
/// <param name="People">Who had a hand in the version.</param>
/// <param name="Now">The moment of the look, UTC.</param>
public sealed record AlertView(
    AlertEntry Entry, string Model, int Number, Stage Stage, IReadOnlyDictionary<UserId, string> Names,
    IReadOnlyDictionary<FactDigest, string> Texts, Standing Viewer, VersionPeople People, DateTimeOffset Now)
{
    /// <summary>The version for people, such as "credit/3".</summary>
    public string Label => $"{Model}/{Number}";

    /// <summary>Where it stands now.</summary>
    public AlertState State => Entry.StateAt(Now);

    /// <summary>Whether somebody still has to settle it.</summary>
    public bool IsActive => Entry.IsActiveAt(Now);

    /// <summary>A display name; "the system" for null.</summary>
    public string NameOf(UserId? user) => user is UserId id ? Names.GetValueOrDefault(id, "?") : "the system";

    /// <summary>What was written; null where nothing was, or it was erased.</summary>
    public string? TextOf(FactDigest? digest) => digest is FactDigest known ? Texts.GetValueOrDefault(known) : null;

    /// <summary>Why the viewer may not take a step, or null where they may.</summary>
    public Refusal? RefusalFor(AlertStepKind kind) => AlertPolicy.RefusalFor(kind, Entry, People, Viewer, Now);
}

/// <summary>Reads alerts, as far as the viewer sees the versions.</summary>
public sealed class AlertQueries(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>The alerts of all versions that the viewer sees: unsettled ones first, then by severity and the latest.</summary>
    public Task<IReadOnlyList<AlertView>> VisibleToAsync(UserId viewer, CancellationToken cancellationToken) =>
        LoadAsync(viewer, alerts => alerts, cancellationToken);

    /// <summary>The same of one version.</summary>
    public Task<IReadOnlyList<AlertView>> OfVersionAsync(UserId viewer, ModelVersionId version, CancellationToken cancellationToken) =>
        LoadAsync(viewer, alerts => alerts.Where(row => row.Version == version), cancellationToken);

    /// <summary>The same of one deployment.</summary>
    public Task<IReadOnlyList<AlertView>> OfDeploymentAsync(UserId viewer, DeploymentId deployment, CancellationToken cancellationToken) =>
        LoadAsync(viewer, alerts => alerts.Where(row => row.Deployment == deployment), cancellationToken);

    /// <summary>One alert; null where it does not exist for the viewer.</summary>
    public async Task<AlertView?> FindAsync(UserId viewer, AlertId id, CancellationToken cancellationToken) =>
        (await LoadAsync(viewer, alerts => alerts.Where(row => row.Id == id), cancellationToken)).SingleOrDefault();

    private async Task<IReadOnlyList<AlertView>> LoadAsync(
        UserId viewer, Func<IQueryable<Alert>, IQueryable<Alert>> choose, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset now = db.Now;
        Holdings? holdings = await Holdings.LoadAsync(db, viewer, cancellationToken);
        var versions = (await (
            from version in db.Versions.AsNoTracking()
            join model in db.Models.AsNoTracking() on version.Model equals model.Id
            where choose(db.Alerts).Any(alert => alert.Version == version.Id)
            select new { version, model }).ToListAsync(cancellationToken))
            .Where(pair => holdings?.VisibilityOf(pair.model, pair.version.Stage) == ModelVisibility.Full).ToDictionary(pair => pair.version.Id);
        if (versions.Count == 0)
        {
            return [];
        }

        ModelVersionId[] seen = [.. versions.Keys];
        IReadOnlyList<AlertEntry> entries = await AlertEntry.LoadAsync(db, choose(db.Alerts).Where(row => seen.Contains(row.Version)), cancellationToken);
        IReadOnlyDictionary<UserId, string> names = await PeopleQueries.NamesAsync(db, cancellationToken);
        FactDigest[] digests = [.. entries.SelectMany(entry => entry.Steps).Select(step => step.Text).OfType<FactDigest>()];
        Dictionary<FactDigest, string> texts = await db.PersonalTexts.AsNoTracking().Where(row => digests.Contains(row.Digest))
            .ToDictionaryAsync(row => row.Digest, row => row.Text, cancellationToken);
        List<AlertView> views = [];
        foreach (IGrouping<ModelVersionId, AlertEntry> group in entries.GroupBy(entry => entry.Alert.Version))
        {
            (ModelVersion version, Model model) = (versions[group.Key].version, versions[group.Key].model);
            Standing standing = new(holdings!.Person, holdings.RelationTo(model, version.Stage));
            VersionPeople people = await VersionPeople.LoadAsync(db, version, cancellationToken);
            views.AddRange(group.Select(entry => new AlertView(entry, model.Name, version.Number, version.Stage, names, texts, standing, people, now)));
        }

        return
        [
            .. views.OrderByDescending(view => view.IsActive).ThenByDescending(view => view.Entry.Severity)
                .ThenByDescending(view => view.Entry.LastTo).ThenByDescending(view => view.Entry.Alert.RaisedAt),
        ];
    }
}
