using System.Text;
using Governance.Audit.Answers;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Theft.Attacks;

namespace Governance.Audit.Runs;

/// <summary>The red team's part of an audit.</summary>
/// <remarks>
/// The evaluation rows are those that the model was not trained on; the background rows, all of them, stand for the rows that
/// it was trained on where they are other data.
/// </remarks>
internal sealed class AttackVersion(AuditInputs inputs, AuditOptions options, double level)
{
    /// <summary>Units of progress that the part counts for.</summary>
    public const int Units = 100;

    /// <summary>Attacks.</summary>
    /// <exception cref="Data.InputException">The model cannot be attacked in this way; the sentence says why.</exception>
    public RedTeamReport Run(
        OnnxPredictor predictor, RowEncoder encoder, RedTeamMeasures asked, PredictorOptions run, UnitProgress progress,
        TimeProvider time, CancellationToken cancellationToken)
    {
        DecisionRule rule = new(
            predictor.Signature, encoder.Encoding, options.Positive ?? encoder.Encoding.Label?.Positive ?? inputs.Evaluation.Positive, options.Threshold);
        progress.Advance("Attacking", 0);
        int told = 0;
        Lock gate = new();
        return RunRedTeam.Run(
            new RedTeamRequest
            {
                Predictor = predictor,
                Model = inputs.Model,
                Run = run,
                Encoder = encoder,
                Rule = rule,
                HeldOut = inputs.Evaluation.Table,
                Training = inputs.Background.Digest == inputs.Evaluation.Digest ? null : inputs.Background.Table,
                Label = options.Label ?? encoder.Encoding.Label?.Column ?? inputs.Evaluation.Label,
                Release = ReleaseClasses.Of(ReadModelFacts.Of(new ModelGraph(inputs.Model), predictor.Signature.Inputs, rule.ScoreOutput)),
                Policies = asked.Policy is null ? OutputPolicies.Default : OutputPolicies.Read(Encoding.UTF8.GetBytes(asked.Policy)),
                Audiences = [.. asked.Roles.Select(FrontDoorTerms.AudienceOf)],
                Attacks = asked.Attacks ?? [],
                Days = asked.Days,
                MostQueries = asked.Queries,
                Level = level,
                Seed = options.Seed,
                Threads = run.Threads,
            },
            new Progress(Tell), time, cancellationToken);

        void Tell(double share)
        {
            lock (gate)
            {
                int units = (int)(share * Units);
                progress.Advance("Attacking", units - told);
                told = units;
            }
        }
    }

    // Progress<T> of the framework would report from other threads, after the run.
    private sealed class Progress(Action<double> tell) : IProgress<double>
    {
        public void Report(double value) => tell(value);
    }
}
