using Governance.Registry.BreakGlass;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Governance.Registry.Teams;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Access;

/// <summary>
/// What someone holds at one moment: roles, teams and grants, read from the database in one go. Every judgement of rights
/// comes from here: pages, endpoints, actions of components, use cases and the command line.
/// </summary>
public sealed class Holdings
{
    private readonly ILookup<ModelId, ModelGrant> grants;
    private readonly ILookup<ModelId, Stage> stages;
    private readonly IReadOnlyList<BreakGlassRequest> open;

    private Holdings(
        Person person, IReadOnlyList<TeamId> teams, DateTimeOffset at, IEnumerable<ModelGrant> grants,
        IEnumerable<(ModelId Model, Stage Stage)> stages, IEnumerable<BreakGlassRequest> opened)
    {
        Person = person;
        Teams = teams;
        At = at;
        this.grants = grants.ToLookup(grant => grant.Model);
        open = [.. opened.Where(request => request.StateAt(at) == BreakGlassState.InForce)];
        this.stages = stages.ToLookup(pair => pair.Model, pair => pair.Stage);
    }

    /// <summary>Who, with their roles; none if the account is deactivated.</summary>
    public Person Person { get; }

    /// <summary>The teams that they belong to.</summary>
    public IReadOnlyList<TeamId> Teams { get; }

    /// <summary>The moment, UTC, to the microsecond.</summary>
    public DateTimeOffset At { get; }

    /// <summary>When the first of these grants or openings ends by itself; null where none does.</summary>
    public DateTimeOffset? ValidUntil => grants.SelectMany(each => each).Where(grant => grant.HoldsAt(At))
        .Select(grant => grant.ExpiresAt).Concat(open.Select(request => request.EndsAt)).Min();

    /// <summary>Their break-glass requests that are in force.</summary>
    public IReadOnlyList<BreakGlassRequest> BreakGlass => open;

    /// <summary>Reads what someone holds; null where there is no such account.</summary>
    public static async Task<Holdings?> LoadAsync(GovernanceDb db, UserId user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (await Standing.FindPersonAsync(db, user, cancellationToken) is not Person person)
        {
            return null;
        }

        TeamId?[] teams = [.. (await TeamQueries.TeamsOfAsync(db, user, cancellationToken)).Select(team => (TeamId?)team)];
        ModelGrant[] grants = await db.Grants.AsNoTracking()
            .Where(grant => grant.RevokedAt == null && (grant.User == user || teams.Contains(grant.Team)))
            .ToArrayAsync(cancellationToken);
        ModelId[] conditional = [.. grants.Where(grant => !grant.Stages.IsEmpty).Select(grant => grant.Model).Distinct()];
        (ModelId, Stage)[] stages = conditional.Length == 0 ? [] :
        [
            .. (await db.Versions.AsNoTracking().Where(version => conditional.Contains(version.Model))
                .Select(version => new { version.Model, version.Stage }).Distinct().ToListAsync(cancellationToken))
                .Select(row => (row.Model, row.Stage)),
        ];
        DateTimeOffset now = db.Now;
        return new Holdings(
            person, [.. teams.Select(team => team!.Value)], now, grants, stages, await OpenedAsync(db, user, now, cancellationToken));
    }

    /// <summary>How they stand to a model.</summary>
    /// <param name="model">Which model.</param>
    /// <param name="stage">
    /// The stage of the version that it is about; null for the model as a whole, where a grant for certain stages counts
    /// while at least one version is in one of them.
    /// </param>
    public ModelRelation RelationTo(Model model, Stage? stage)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelGrant[] held = [.. GrantsOn(model.Id).Where(grant => Counts(grant, stage))];
        return new ModelRelation(
            held.Length > 0, model.Owner == Person.Id, held.Any(grant => grant.Explanations), held.Any(grant => grant.PersonalRows),
            EnumSet.Of(open.Where(request => request.Model == model.Name).Select(request => request.Right)));
    }

    /// <summary>What the table of rights answers.</summary>
    /// <param name="right">What they want to do.</param>
    /// <param name="model">On which model; null for rights that concern none.</param>
    /// <param name="stage">As in <see cref="RelationTo"/>.</param>
    public AccessDecision Decide(Right right, Model? model, Stage? stage) =>
        AccessPolicy.Decide(Person.Roles, right, model is null ? default : RelationTo(model, stage));

    /// <summary>How much of a model, or of a version in a stage, exists for them.</summary>
    public ModelVisibility VisibilityOf(Model model, Stage? stage) =>
        AccessPolicy.VisibilityOf(Person.Roles, RelationTo(model, stage));

    /// <summary>Their grants on a model that nobody revoked, the expired ones too.</summary>
    public IEnumerable<ModelGrant> GrantsOn(ModelId model) => grants[model];

    /// <summary>Whether a grant gives something now, for a version in this stage or for the model as a whole.</summary>
    public bool Counts(ModelGrant grant, Stage? stage)
    {
        ArgumentNullException.ThrowIfNull(grant);
        return grant.HoldsAt(At) && (stage is Stage one ? grant.HoldsIn(one) : grant.Stages.IsEmpty || stages[grant.Model].Any(grant.HoldsIn));
    }

    /// <summary>Someone's break-glass requests that were opened within the last hour.</summary>
    internal static async Task<IReadOnlyList<BreakGlassRequest>> OpenedAsync(
        GovernanceDb db, UserId user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DateTimeOffset since = now - BreakGlassRequest.Holds;
        return await db.BreakGlass.AsNoTracking().Where(row => row.Person == user && row.OpenedAt > since)
            .OrderBy(row => row.OpenedAt).ToArrayAsync(cancellationToken);
    }
}
