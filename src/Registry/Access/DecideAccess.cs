using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Access;

/// <summary>Whether someone may use a right on a model or a version: the one question of every endpoint and action.</summary>
public sealed class DecideAccess(IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>Decides from people, teams, grants with their stages and ends, and break-glass, as they are now.</summary>
    /// <param name="who">Who asks; an account that does not exist may nothing.</param>
    /// <param name="right">What they want to do.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="version">The version's number; null for the model as a whole.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<AccessAnswer> RunAsync(
        UserId who, Right right, string model, int? version, CancellationToken cancellationToken) =>
        (await RunAsync(who, [right], model, version, cancellationToken))[0];

    /// <summary>Decides several rights from one reading.</summary>
    /// <param name="who">Who asks; an account that does not exist may nothing.</param>
    /// <param name="rights">What they want to do.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="version">The version's number; null for the model as a whole.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>An answer for each right, in their order.</returns>
    public async Task<IReadOnlyList<AccessAnswer>> RunAsync(
        UserId who, IReadOnlyList<Right> rights, string model, int? version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rights);
        ArgumentNullException.ThrowIfNull(model);
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        Holdings? holdings = await Holdings.LoadAsync(db, who, cancellationToken);
        Model? found = await db.Models.AsNoTracking().FirstOrDefaultAsync(row => row.Name == model, cancellationToken);
        ModelVersion? numbered = null;
        if (found is not null && version is int number)
        {
            ModelId id = found.Id;
            numbered = await db.Versions.AsNoTracking()
                .FirstOrDefaultAsync(row => row.Model == id && row.Number == number, cancellationToken);
        }

        return [.. rights.Select(right => Answer(holdings, who, right, found, numbered, version is not null))];
    }

    private static AccessAnswer Answer(
        Holdings? holdings, UserId who, Right right, Model? model, ModelVersion? version, bool versionAsked)
    {
        ModelVisibility visibility = holdings is null || model is null || (versionAsked && version is null)
            ? ModelVisibility.None
            : holdings.VisibilityOf(model, version?.Stage);
        if (holdings is null || model is null || visibility == ModelVisibility.None)
        {
            return new AccessAnswer
            {
                Visibility = ModelVisibility.None,
                Decision = AccessDecision.Denied,
                Person = holdings?.Person ?? new Person(who, "", new HashSet<Role>()),
                Reasons = [new AccessReason("not-there", "There is no such model or version, or not for this person.")],
            };
        }

        AccessDecision decision = holdings.Decide(right, model, version?.Stage);
        return new AccessAnswer
        {
            Visibility = visibility,
            Decision = decision,
            Model = model,
            Version = version,
            Relation = holdings.RelationTo(model, version?.Stage),
            BreakGlass = holdings.BreakGlass.FirstOrDefault(request => request.Model == model.Name)?.Id,
            Person = holdings.Person,
            ValidUntil = holdings.ValidUntil,
            Reasons = AccessReasons.Of(holdings, right, model, version?.Stage, AccessNames.None),
        };
    }
}
