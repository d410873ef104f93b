using Governance.Audit.Data;
using Governance.Audit.Theft.Streams;

namespace Governance.Audit.Theft.Attacks;

/// <summary>Attacks a model by every attack, without protection and on the terms of each audience. Changes nothing and tells nobody.</summary>
/// <remarks>
/// The front door is simulated in this process with the same policy, prices, budgets and detectors as the real one; each
/// attack has one of its own, so that none learns from another. The same request gives the same report for any number of
/// threads.
/// </remarks>
public static class RunRedTeam
{
    /// <summary>The fewest rows that copies are judged on.</summary>
    public const int LeastJudged = 40;

    /// <summary>The most days that a thief takes.</summary>
    public const int MostDays = 3_650;

    /// <summary>The fewest questions that an attack without budget may be limited to.</summary>
    public const int FewestQueries = 10;

    /// <summary>The most.</summary>
    public const int MostQueries = 100_000;

    /// <summary>Runs it.</summary>
    /// <param name="request">Which model, by what, on whose terms.</param>
    /// <param name="progress">Told the share of attacks that are over, from any thread; null for nobody.</param>
    /// <param name="time">The clock of the explainers; nothing in the report depends on it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">The model cannot be attacked in this way, or the request is out of range; the sentence says why.</exception>
    public static RedTeamReport Run(
        RedTeamRequest request, IProgress<double>? progress, TimeProvider time, CancellationToken cancellationToken)
    {
        Check(request);
        IReadOnlyList<IAttack> attacks = AttackList.Of(request.Attacks);
        (Table judgedTable, Table ownTable) = RedTeamRows.Split(request);
        Table published = request.Training ?? ownTable;
        Victim victim = Victim.Of(request.Predictor, request.Encoder, request.Rule, published, cancellationToken);
        using VictimExplanations? explanations = VictimExplanations.Of(
            victim, request.Predictor, request.Model, request.Encoder, request.Run, time, cancellationToken);
        AttackedModel attacked = AttackedModel.Of(victim, explanations, request.Encoder.Slots.Count, request.Seed, cancellationToken);
        float[][] judged = victim.Space.Write(judgedTable);
        VictimAnswers truth = victim.Answer(judgedTable, cancellationToken);
        FrontDoorTerms[] terms = [FrontDoorTerms.Unprotected(request.Release), .. request.Audiences.Distinct()
            .Select(audience => FrontDoorTerms.Of(audience, request.Release, request.Policies, request.Days))];
        AttackRun run = new(attacked, request, Profile(victim, published), victim.Space.Write(ownTable), judged, truth);

        (FrontDoorTerms Terms, IAttack Attack)[] plan = [.. terms.SelectMany(_ => attacks, (one, attack) => (one, attack))];
        AttackTry[] tries = new AttackTry[plan.Length];
        int over = 0;
        Parallel.For(
            0, plan.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, request.Threads), CancellationToken = cancellationToken },
            i =>
            {
                tries[i] = run.Try(plan[i].Terms, plan[i].Attack, cancellationToken);
                progress?.Report(Interlocked.Increment(ref over) / (double)plan.Length);
            });

        bool members = request.Training is not null && (request.Attacks.Count == 0 || request.Attacks.Contains(AttackList.Membership));
        MembershipFigures[] membership = !members || victim.ClassCount == 1 ? [] : RedTeamRows.Membership(attacked, request, terms, cancellationToken);
        return new RedTeamReport
        {
            Task = victim.ClassCount == 1 ? "value" : "classes",
            Release = request.Release.ToString().ToLowerInvariant(),
            Unknowns = victim.Space.Unknowns,
            Policy = $"{request.Policies.Name}/{request.Policies.Number}",
            Days = request.Days,
            JudgedRows = judged.Length,
            OwnRows = ownTable.Rows,
            ReferenceRows = published.Rows,
            BaseRate = victim.ClassCount == 1 ? 0 : truth.Labels.GroupBy(label => label).Max(group => group.Count()) / (double)judged.Length,
            Metrics = RedTeamMetrics.Of(terms, tries, membership, judged.Length, request.Level),
            Attacks = [.. tries.Select(one => one.Result)],
            Membership = membership,
            Notes = [.. RedTeamRows.Notes(request, victim, attacked)],
        };
    }

    /// <summary>The published profile of the data, as legal rows.</summary>
    internal static RowSpace Profile(Victim victim, Table published) => RowSpace.Of(
        [.. victim.Space.Write(published).SelectMany(row => row)], victim.Space.Width,
        [.. victim.Space.Columns.Select(column => Enumerable.Range(column.Offset, column.Width).ToArray())]);

    private static void Check(RedTeamRequest request)
    {
        string? fault = request.Days is < 1 or > MostDays ? $"--days takes 1 to {MostDays:N0} days."
            : request.MostQueries is < FewestQueries or > MostQueries ? $"--queries takes {FewestQueries} to {MostQueries:N0} questions."
            : !(request.Level is > 0 and < 1) ? "--level takes a number between 0 and 1."
            : null;
        if (fault is not null)
        {
            throw new InputException(fault);
        }
    }
}
