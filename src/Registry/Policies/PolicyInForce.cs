using Governance.Registry.Models;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Policies;

/// <summary>Which packs count for a model on a day.</summary>
/// <param name="Base">The one that judges.</param>
/// <param name="Supplements">What is asked for besides, by name, of each name the one adopted last.</param>
public sealed record PolicyInForce(PolicyPack Base, IReadOnlyList<PolicyPack> Supplements)
{
    /// <summary>The lines of the checklist that a tier is asked for: the base's, then those of supplements that it lacks.</summary>
    public IEnumerable<ChecklistRequirement> ChecklistFor(RiskTier tier) =>
        Supplements.Prepend(Base).SelectMany(pack => pack.ChecklistFor(tier)).DistinctBy(line => line.Id);

    /// <summary>Reads them.</summary>
    /// <param name="db">Where.</param>
    /// <param name="model">Which model.</param>
    /// <param name="day">On which day, in UTC.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<PolicyInForce> LoadAsync(GovernanceDb db, Model model, DateOnly day, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Of(await ReadAsync(db, cancellationToken), scope => scope.Holds(model.Name, model.Tier), day);
    }

    /// <summary>Every adoption with its pack, the latest first.</summary>
    public static async Task<IReadOnlyList<AdoptedPack>> ReadAsync(GovernanceDb db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        List<AdoptedPack> adopted = [];
        foreach (PolicyAdoption adoption in await db.PolicyAdoptions.AsNoTracking()
            .OrderByDescending(row => row.AdoptedAt).ThenByDescending(row => row.Id).ToListAsync(cancellationToken))
        {
            PackText pack = await PolicyQueries.FindAsync(db, adoption.Pack, adoption.Number, cancellationToken)
                ?? throw new InvalidOperationException($"The adopted pack {adoption.Pack} {adoption.Number} is not there.");
            adopted.Add(new AdoptedPack(pack.Pack, adoption.ReadScope(), adoption.From, adoption.AdoptedAt));
        }

        return adopted;
    }

    /// <summary>Which of them count. Pure.</summary>
    /// <param name="adopted">All adoptions.</param>
    /// <param name="holds">Whether a scope holds what is asked about.</param>
    /// <param name="day">On which day.</param>
    public static PolicyInForce Of(IEnumerable<AdoptedPack> adopted, Func<PolicyScope, bool> holds, DateOnly day)
    {
        AdoptedPack[] counting =
        [
            .. adopted.Where(one => one.From <= day && one.Pack.IsEffectiveOn(day) && holds(one.Scope))
                .OrderByDescending(one => one.Scope.Narrowness).ThenByDescending(one => one.From).ThenByDescending(one => one.AdoptedAt),
        ];
        return new PolicyInForce(
            counting.FirstOrDefault(one => one.Pack.Kind == PackKind.Base)?.Pack ?? BuiltInPacks.DefaultOn(day),
            [
                .. counting.Where(one => one.Pack.Kind == PackKind.Supplement).Select(one => one.Pack)
                    .DistinctBy(pack => pack.Name).OrderBy(pack => pack.Name, StringComparer.Ordinal),
            ]);
    }
}

/// <summary>A pack with where and from when it was adopted.</summary>
/// <param name="Pack">The pack.</param>
/// <param name="Scope">For which models.</param>
/// <param name="From">The first day.</param>
/// <param name="AdoptedAt">When that was decided.</param>
public sealed record AdoptedPack(PolicyPack Pack, PolicyScope Scope, DateOnly From, DateTimeOffset AdoptedAt);
