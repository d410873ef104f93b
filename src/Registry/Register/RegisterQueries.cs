using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Register;

/// <summary>A finding of the register as pages show it.</summary>
/// <param name="Entry">The finding with its steps.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Number">The version's number.</param>
/// <param name="Status">Where it stands now.</param>
/// <param name="Overdue">Whether it is open past its due date.</param>
/// <param name="Names">Display names of everyone in it.</param>
/// <param name="Texts">What was written, by digest; erased texts are missing.</param>
/// <param name="Viewer">How the viewer stands to its version.</param>
/// <param name="People">Who had a hand in the version.</param>
/// <param name="Now">The moment of the look, UTC.</param>
public sealed record RegisterView(
    RegisterEntry Entry, string Model, int Number, FindingStatus Status, bool Overdue, IReadOnlyDictionary<UserId, string> Names,
    IReadOnlyDictionary<FactDigest, string> Texts, Standing Viewer, VersionPeople People, DateTimeOffset Now)
{
    /// <summary>The version for people, such as "credit/3".</summary>
    public string Label => $"{Model}/{Number}";

    /// <summary>A display name; "the system" for null.</summary>
    public string NameOf(UserId? user) => user is UserId id ? Names.GetValueOrDefault(id, "?") : "the system";

    /// <summary>What was written; null where nothing was, or it was erased.</summary>
    public string? TextOf(FactDigest? digest) => digest is FactDigest known ? Texts.GetValueOrDefault(known) : null;

    /// <summary>Why the viewer may not take a step, or null where they may.</summary>
    public Refusal? RefusalFor(RegisterStepKind kind) => RegisterPolicy.RefusalFor(kind, Entry, People, Viewer, Now);
}

/// <summary>Reads the register, as far as the viewer sees the versions.</summary>
public sealed class RegisterQueries(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>The findings of all versions that the viewer sees, open ones first, then by due date and severity.</summary>
    public async Task<IReadOnlyList<RegisterView>> VisibleToAsync(UserId viewer, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await LoadAsync(db, viewer, db.RegisterFindings, cancellationToken);
    }

    /// <summary>The findings of a version; empty where it does not exist for the viewer.</summary>
    public async Task<IReadOnlyList<RegisterView>> OfVersionAsync(UserId viewer, ModelVersionId version, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await LoadAsync(db, viewer, db.RegisterFindings.Where(row => row.Version == version), cancellationToken);
    }

    /// <summary>One finding; null where it does not exist for the viewer.</summary>
    public async Task<RegisterView?> FindAsync(UserId viewer, RegisterFindingId id, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await LoadAsync(db, viewer, db.RegisterFindings.Where(row => row.Id == id), cancellationToken)).SingleOrDefault();
    }

    private static async Task<IReadOnlyList<RegisterView>> LoadAsync(
        GovernanceDb db, UserId viewer, IQueryable<RegisterFinding> wanted, CancellationToken cancellationToken)
    {
        DateTimeOffset now = db.Now;
        IReadOnlyList<RegisterEntry> entries = await RegisterEntry.LoadAsync(db, wanted, cancellationToken);
        Holdings? holdings = entries.Count == 0 ? null : await Holdings.LoadAsync(db, viewer, cancellationToken);
        if (holdings is null)
        {
            return [];
        }

        IReadOnlyDictionary<UserId, string> names = await PeopleQueries.NamesAsync(db, cancellationToken);
        IReadOnlyDictionary<FactDigest, string> texts = await TextsAsync(db, entries, cancellationToken);
        List<RegisterView> views = [];
        foreach (IGrouping<ModelVersionId, RegisterEntry> group in entries.GroupBy(entry => entry.Finding.Version))
        {
            ModelVersion version = await db.Versions.AsNoTracking().FirstAsync(row => row.Id == group.Key, cancellationToken);
            Model model = await db.Models.AsNoTracking().FirstAsync(row => row.Id == version.Model, cancellationToken);
            if (holdings.VisibilityOf(model, version.Stage) != ModelVisibility.Full)
            {
                continue;
            }

            Standing standing = new(holdings.Person, holdings.RelationTo(model, version.Stage));
            VersionPeople people = await VersionPeople.LoadAsync(db, version, cancellationToken);
            views.AddRange(group.Select(entry => new RegisterView(
                entry, model.Name, version.Number, entry.StatusAt(now), entry.IsOverdueAt(now), names, texts, standing, people, now)));
        }

        return
        [
            .. views.OrderBy(view => view.Status).ThenByDescending(view => view.Overdue).ThenBy(view => view.Entry.DueAt ?? DateTimeOffset.MaxValue)
                .ThenByDescending(view => view.Entry.Finding.Severity).ThenBy(view => view.Entry.Finding.RaisedAt),
        ];
    }

    private static async Task<IReadOnlyDictionary<FactDigest, string>> TextsAsync(
        GovernanceDb db, IReadOnlyList<RegisterEntry> entries, CancellationToken cancellationToken)
    {
        FactDigest[] digests =
        [
            .. entries.Select(entry => entry.Finding.Details).OfType<FactDigest>(),
            .. entries.SelectMany(entry => entry.Steps).Select(step => step.Text),
        ];
        return await db.PersonalTexts.AsNoTracking().Where(row => digests.Contains(row.Digest))
            .ToDictionaryAsync(row => row.Digest, row => row.Text, cancellationToken);
    }
}
