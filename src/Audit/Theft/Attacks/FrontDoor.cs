using System.Runtime.InteropServices;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Theft.Detection;

namespace Governance.Audit.Theft.Attacks;

/// <summary>The portal's front door in this process: budget, cache, model, output policy, detectors, in that order.</summary>
/// <remarks>One thief at a time. Each question waits for the day on which its account has units again.</remarks>
public sealed class FrontDoor : IOracle
{
    private readonly Victim victim;
    private readonly VictimExplanations? explanations;
    private readonly Neighbours neighbours;
    private readonly FrontDoorTerms terms;
    private readonly DoorBudget budget;
    private readonly DoorWatch? watch;
    private readonly ReleaseToThief release;
    private readonly Dictionary<(QueryKind Kind, string Row), OracleAnswer> cache = [];
    private int next;

    /// <summary>Opens the door.</summary>
    /// <param name="attacked">The model with all that answers about it.</param>
    /// <param name="terms">On which terms.</param>
    internal FrontDoor(AttackedModel attacked, FrontDoorTerms terms)
    {
        (victim, explanations, neighbours) = (attacked.Victim, attacked.Explanations, attacked.Neighbours);
        this.terms = terms;
        budget = new DoorBudget(terms, attacked.Elements);
        watch = terms.Watched && attacked.Calibration is { } calibration ? new DoorWatch(calibration, terms.Accounts) : null;
        release = new ReleaseToThief(victim, attacked.Spread);
    }

    /// <inheritdoc/>
    public QuerySpace Space => victim.Space;

    /// <inheritdoc/>
    public int Classes => victim.ClassCount;

    /// <inheritdoc/>
    public string? Closed { get; private set; }

    /// <summary>Questions answered, repeats that the cache answered included.</summary>
    public int Answered { get; private set; }

    /// <summary>Different questions among them.</summary>
    public int Distinct => cache.Count;

    /// <summary>Different questions answered with more than a decision.</summary>
    public int Scored => cache.Values.Count(answer => answer.Scores is not null);

    /// <summary>Units spent.</summary>
    public int Units => budget.Units;

    /// <summary>Days begun.</summary>
    public int Days => budget.Days;

    /// <summary>The first question, from 1, at which a detector raised an alarm; null for none.</summary>
    public int? AlarmAt { get; private set; }

    /// <summary>Whether questions of this kind are answered at all.</summary>
    /// <param name="kind">The kind.</param>
    public bool Opens(QueryKind kind) => terms.Kinds.Contains(kind) && kind switch
    {
        QueryKind.Explain => terms.Policy.Attribution != AttributionForm.None && explanations is not null,
        QueryKind.Counterfactual => terms.Policy.Counterfactual != CounterfactualForm.None && victim.ClassCount > 1,
        _ => true,
    };

    /// <inheritdoc/>
    public IReadOnlyList<OracleAnswer> Ask(IReadOnlyList<float[]> rows, QueryKind kind, CancellationToken cancellationToken)
    {
        List<OracleAnswer> given = [];
        if (rows.Count == 0 || Closed is not null || !Opens(kind))
        {
            Closed ??= rows.Count == 0 ? null : "kind";
            return given;
        }

        VictimAnswers full = victim.Answer(rows, cancellationToken);
        for (int i = 0; i < rows.Count && Closed is null; i++)
        {
            string key = Convert.ToHexString(MemoryMarshal.AsBytes<float>(rows[i]));
            if (!cache.TryGetValue((kind, key), out OracleAnswer? answer))
            {
                answer = Fresh(rows[i], full.Scores[i], full.Labels[i], kind, cancellationToken);
                if (answer is null)
                {
                    break;
                }

                cache.Add((kind, key), answer);
            }

            Answered++;
            given.Add(answer);
        }

        return given;
    }

    private OracleAnswer? Fresh(float[] row, double[] scores, int label, QueryKind kind, CancellationToken cancellationToken)
    {
        WatchedRow? looked = watch?.Look(row, scores);
        for (int tries = 0; tries < terms.Accounts; tries++)
        {
            int account = next++ % terms.Accounts;
            bool restricted = looked is not null && (looked.IsOutside || watch!.Restricts(account));
            (OutputPolicy policy, QueryKind given) = restricted ? (terms.Policy.And(OutputPolicy.LabelsAlone), QueryKind.Predict) : (terms.Policy, kind);
            string? refusal = budget.Spend(account, Price.Of(given, policy), Price.Discloses(given, policy));
            if (refusal is null)
            {
                if (looked is not null && watch!.Observe(account, looked))
                {
                    AlarmAt ??= Answered + 1;
                }

                return Release(row, scores, label, given, policy, cancellationToken);
            }

            Closed = refusal;
        }

        return null;
    }

    private OracleAnswer Release(
        float[] row, double[] scores, int label, QueryKind kind, OutputPolicy policy, CancellationToken cancellationToken)
    {
        Closed = null; // another account answered
        OracleAnswer answer = release.Prediction(scores, label, policy);
        return kind switch
        {
            QueryKind.Explain => answer with
            {
                Attribution = release.Attribution(explanations!.Explain([row], cancellationToken)[0], policy),
                InUnits = policy.Attribution == AttributionForm.Full,
            },
            QueryKind.Counterfactual => answer with
            {
                Counterfactual = neighbours.Of(row, label, policy.Counterfactual, terms.ExactCounterfactuals, cancellationToken),
                OnBoundary = terms.ExactCounterfactuals,
            },
            _ => answer,
        };
    }
}
