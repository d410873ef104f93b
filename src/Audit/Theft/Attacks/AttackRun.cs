using Governance.Audit.Answers.Policy;
using Governance.Audit.Theft.Streams;

namespace Governance.Audit.Theft.Attacks;

/// <summary>One attack with the copy's decisions, for comparing it with others on the same rows.</summary>
/// <param name="Result">What is reported.</param>
/// <param name="Quality">How good the copy is; null where the attack was skipped.</param>
internal sealed record AttackTry(AttackResult Result, CopyQuality? Quality);

/// <summary>Runs single attacks on one model; safe for several threads.</summary>
internal sealed class AttackRun(
    AttackedModel attacked, RedTeamRequest request, RowSpace profile, float[][] own, float[][] judged, VictimAnswers truth)
{
    private readonly double[][]? form = request.Release == ReleaseClass.Linear ? attacked.Explanations?.Form(CancellationToken.None) : null;

    /// <summary>Tries an attack on somebody's terms.</summary>
    public AttackTry Try(FrontDoorTerms terms, IAttack attack, CancellationToken cancellationToken)
    {
        FrontDoor door = new(attacked, terms with { Accounts = terms.Limits is null ? 1 : attack.Accounts });
        AttackResult result = new() { Attack = attack.Name, Role = terms.Name };
        string? skipped = attack.Misfit(door.Space, door.Classes) ?? Unanswered(attack, terms, door);
        if (skipped is not null)
        {
            return new AttackTry(result with { Skipped = skipped }, null);
        }

        TakenAnswers taken = new(door);
        QueryKind asks = door.Opens(QueryKind.Predict) ? QueryKind.Predict : QueryKind.Explain;
        CopiedModel copy = attack.Run(new Thief(taken, asks, own, profile, request.MostQueries, request.Seed), cancellationToken);
        if (door.Answered == 0)
        {
            return new AttackTry(result with { RefusedBy = door.Closed }, null);
        }

        CopyQuality quality = MeasureCopy.Run(copy, judged, truth, request.Level, request.Seed, cancellationToken);
        if (form is not null && copy.Form is not null)
        {
            quality = quality with { ParameterError = MeasureCopy.ParameterError(copy.Form, form, door.Space) };
        }

        return new AttackTry(
            result with
            {
                Queries = door.Answered,
                Distinct = door.Distinct,
                Scored = door.Scored,
                Units = door.Units,
                Days = door.Days,
                RefusedBy = door.Closed,
                AlarmAt = door.AlarmAt,
                Family = copy.Family,
                Fidelity = quality.Fidelity,
                FidelityInterval = quality.Interval?.ToArray(),
                R2 = quality.R2,
                R2Interval = quality.R2Interval?.ToArray(),
                ParameterError = quality.ParameterError,
            },
            quality);
    }

    private string? Unanswered(IAttack attack, FrontDoorTerms terms, FrontDoor door) =>
        attack.Needs is QueryKind kind && !door.Opens(kind)
            ? attacked.Explanations is null && kind == QueryKind.Explain
                ? "Explanations of this model are not attacked: it has several classes, or gives no scores."
                : $"{terms.Name} gets no {(kind == QueryKind.Explain ? "explanations" : "counterfactuals")}."
            : attack.Needs is null && !door.Opens(QueryKind.Predict) && !door.Opens(QueryKind.Explain)
                ? $"{terms.Name} gets no predictions."
                : null;
}
