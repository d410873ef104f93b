using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Policies;

/// <summary>A pack as people see it.</summary>
/// <param name="Pack">What it says.</param>
/// <param name="Text">The YAML.</param>
/// <param name="RegisteredBy">Who put it on record; null for a built-in one.</param>
/// <param name="RegisteredAt">When; null for a built-in one.</param>
public sealed record PackView(PolicyPack Pack, string Text, string? RegisteredBy, DateTimeOffset? RegisteredAt);

/// <summary>An adoption as people see it.</summary>
/// <param name="Adoption">The fact.</param>
/// <param name="AdoptedBy">Who.</param>
/// <param name="Reason">Why; null where it was erased.</param>
public sealed record AdoptionView(PolicyAdoption Adoption, string AdoptedBy, string? Reason);

/// <summary>Reads policy packs and which of them count. Policies are no secret: everyone with an account may read them.</summary>
public sealed class PolicyQueries(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>All packs: the built-in ones, then the registered ones by name, the highest number first.</summary>
    public async Task<IReadOnlyList<PackView>> AllAsync(CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        List<RegisteredPack> rows = await db.PolicyPacks.AsNoTracking().OrderBy(row => row.Name).ThenByDescending(row => row.Number).ToListAsync(cancellationToken);
        IReadOnlyDictionary<UserId, string> names = await PeopleQueries.NamesAsync(db, cancellationToken);
        return
        [
            .. BuiltInPacks.All.Select(built => new PackView(built.Pack, built.Text, null, null)),
            .. rows.Select(row => new PackView(
                row.ReadPack(), row.Text, row.RegisteredBy is UserId by ? names.GetValueOrDefault(by, "?") : "the system", row.RegisteredAt)),
        ];
    }

    /// <summary>The pack of a name and number, or null.</summary>
    public async Task<PackText?> FindAsync(string name, int number, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        return await FindAsync(db, name, number, cancellationToken);
    }

    /// <summary>The highest number of a name, or null.</summary>
    public async Task<PackText?> LatestAsync(string name, CancellationToken cancellationToken)
    {
        PackView? latest = (await AllAsync(cancellationToken)).Where(view => view.Pack.Name == name).MaxBy(view => view.Pack.Number);
        return latest is null ? null : new PackText(latest.Pack, latest.Text);
    }

    /// <summary>All adoptions, the latest day first.</summary>
    public async Task<IReadOnlyList<AdoptionView>> AdoptionsAsync(CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        List<PolicyAdoption> rows = await db.PolicyAdoptions.AsNoTracking().ToListAsync(cancellationToken);
        IReadOnlyDictionary<UserId, string> names = await PeopleQueries.NamesAsync(db, cancellationToken);
        FactDigest[] digests = [.. rows.Select(row => row.Reason)];
        Dictionary<FactDigest, string> reasons = await db.PersonalTexts.AsNoTracking()
            .Where(text => digests.Contains(text.Digest)).ToDictionaryAsync(text => text.Digest, text => text.Text, cancellationToken);
        return
        [
            .. rows.OrderByDescending(row => row.From).ThenByDescending(row => row.AdoptedAt).Select(row => new AdoptionView(
                row, row.AdoptedBy is UserId by ? names.GetValueOrDefault(by, "?") : "the system", reasons.GetValueOrDefault(row.Reason))),
        ];
    }

    /// <summary>The base pack that judges a version's model on a day.</summary>
    /// <exception cref="InvalidOperationException">There is no such version.</exception>
    public async Task<PolicyPack> InForceAsync(ModelVersionId version, DateOnly day, CancellationToken cancellationToken) =>
        (await ForAsync(version, day, cancellationToken)).Base;

    /// <summary>The base pack that judges a model on a day.</summary>
    /// <exception cref="InvalidOperationException">There is no such model.</exception>
    public async Task<PolicyPack> InForceAsync(ModelId model, DateOnly day, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        Model row = await db.Models.AsNoTracking().FirstAsync(one => one.Id == model, cancellationToken);
        return (await PolicyInForce.LoadAsync(db, row, day, cancellationToken)).Base;
    }

    /// <summary>The base and the supplements that count for a version's model on a day.</summary>
    /// <exception cref="InvalidOperationException">There is no such version.</exception>
    public async Task<PolicyInForce> ForAsync(ModelVersionId version, DateOnly day, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        Model model = await (
            from row in db.Versions.AsNoTracking()
            join owner in db.Models.AsNoTracking() on row.Model equals owner.Id
            where row.Id == version
            select owner).FirstAsync(cancellationToken);
        return await PolicyInForce.LoadAsync(db, model, day, cancellationToken);
    }

    /// <summary>The same within a transaction.</summary>
    public static async Task<PackText?> FindAsync(GovernanceDb db, string name, int number, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (BuiltInPacks.Find(name, number) is PackText built)
        {
            return built;
        }

        RegisteredPack? row = await db.PolicyPacks.AsNoTracking().FirstOrDefaultAsync(one => one.Name == name && one.Number == number, cancellationToken);
        return row is null ? null : new PackText(row.ReadPack(), row.Text);
    }
}
