using Governance.Audit.Answers.Policy;
using Governance.Audit.Theft.Detection;

namespace Governance.Audit.Theft.Attacks;

/// <summary>A model under attack with all that its front door needs; shared by all attacks, safe for several threads.</summary>
internal sealed class AttackedModel
{
    private AttackedModel(Victim victim, VictimExplanations? explanations, Neighbours neighbours)
    {
        Victim = victim;
        Explanations = explanations;
        Neighbours = neighbours;
    }

    /// <summary>The model.</summary>
    public Victim Victim { get; }

    /// <summary>Its explanations; null where none are attacked.</summary>
    public VictimExplanations? Explanations { get; }

    /// <summary>Its counterfactuals.</summary>
    public Neighbours Neighbours { get; }

    /// <summary>Elements of the model's inputs.</summary>
    public required int Elements { get; init; }

    /// <summary>The values of a regression on reference rows; null for classes.</summary>
    public ValueSpread? Spread { get; private init; }

    /// <summary>What its detectors compare questions with; null where nothing is watched.</summary>
    public WatchCalibration? Calibration { get; private init; }

    /// <summary>Prepares a model.</summary>
    /// <param name="victim">The model.</param>
    /// <param name="explanations">Its explanations, or null.</param>
    /// <param name="elements">Elements of its inputs.</param>
    /// <param name="seed">Of the detectors' calibration.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static AttackedModel Of(
        Victim victim, VictimExplanations? explanations, int elements, int seed, CancellationToken cancellationToken)
    {
        float[][] rows = victim.Space.Write(victim.Published);
        VictimAnswers answers = victim.Answer(rows, cancellationToken);
        return new AttackedModel(victim, explanations, new Neighbours(victim, cancellationToken))
        {
            Elements = elements,
            Spread = victim.ClassCount > 1 ? null : Ends([.. answers.Scores.Select(score => score[0]).Order()]),
            Calibration = DoorWatch.Calibrate(victim.Space, rows, answers, seed, cancellationToken),
        };
    }

    private static ValueSpread Ends(double[] sorted) =>
        new(sorted[(int)(0.05 * (sorted.Length - 1))], sorted[(int)(0.95 * (sorted.Length - 1))]);
}
