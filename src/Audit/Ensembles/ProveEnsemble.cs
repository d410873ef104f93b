using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Training;

namespace Governance.Audit.Ensembles;

/// <summary>Holds a merged graph against its members on made-up rows, so that nothing is handed out that says something else.</summary>
internal static class ProveEnsemble
{
    // Sums of floats: a member's own operators give the same bits, the mean of up to 16 of them a few units in the last place.
    private const double Tolerance = 1e-5;

    /// <summary>Compares.</summary>
    /// <param name="file">The merged graph.</param>
    /// <param name="agreed">Its members.</param>
    /// <param name="options">How they are combined.</param>
    /// <param name="stacked">The trained model of a stacked ensemble.</param>
    /// <param name="output">The output with probabilities or predicted numbers.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Rows compared, and the largest difference: of predicted numbers relative to them where they are above 1.</returns>
    /// <exception cref="InputException">The runtime refuses the graph, no row could be compared, or it says something else.</exception>
    public static (int Rows, double Difference) Run(
        byte[] file, AgreedMembers agreed, EnsembleOptions options, MultinomialModel? stacked, string output, CancellationToken cancellationToken)
    {
        using OnnxPredictor merged = OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, cancellationToken);
        MemberReading first = agreed.Members[0];
        int rows = 0;
        double largest = 0;
        foreach (InputBatch batch in ProofRows.For(merged.Signature, first.Member.Encoding, cancellationToken))
        {
            Prediction?[] said = [.. agreed.Members.Select(member => ProofRows.Said(member.Member.Predictor, Own(batch, member, agreed), cancellationToken))];
            if (said.Any(one => one is null) || ProofRows.Said(merged, batch, cancellationToken) is not Prediction ours)
            {
                continue;
            }

            double[] expected = Expected(agreed, options, stacked, said!);
            double[] got = ours[output].Numbers!;
            for (int i = 0; i < got.Length; i++)
            {
                double difference = got[i].Equals(expected[i]) ? 0 : Math.Abs(got[i] - expected[i]) / Math.Max(1, Math.Abs(expected[i]));
                largest = difference > largest || double.IsNaN(difference) ? difference : largest;
            }

            rows += batch.Rows;
        }

        return rows == 0 ? throw new InputException("The merged graph and its members could not be held against each other: no made-up row is accepted by all of them.")
            : !(largest <= Tolerance) ? throw new InputException($"The merged graph does not say what its members say: the largest difference is {largest:G3}. Nothing was written.")
            : (rows, largest);
    }

    /// <summary>What the ensemble must say, worked out from what the members said.</summary>
    public static double[] Expected(AgreedMembers agreed, EnsembleOptions options, MultinomialModel? stacked, IReadOnlyList<Prediction> said)
    {
        double[][] combined = [.. agreed.Members.Select((member, i) => MemberRows.Combined(member, said[i], options.Combination, agreed.Classes))];
        return stacked is null
            ? MemberRows.Mean(combined, options.Shares(agreed.Members.Count))
            : FitStacking.Predict(stacked, combined, agreed.Classes!.Count, agreed.PositivePlace);
    }

    /// <summary>The same rows under a member's own names and shapes.</summary>
    public static InputBatch Own(InputBatch batch, MemberReading member, AgreedMembers agreed)
    {
        Dictionary<string, string> shared = agreed.Inputs.For(member).ToDictionary(pair => pair.Own, pair => pair.Shared, StringComparer.Ordinal);
        return new InputBatch([.. member.Member.Predictor.Signature.Inputs.Select(input =>
        {
            InputTensor tensor = batch.Tensors.First(tensor => tensor.Name == shared[input.Name]);
            int[] row = [.. input.RowShape.Zip(tensor.RowShape.Concat(Enumerable.Repeat(1, input.RowShape.Count)), (own, given) => own > 0 ? own : given)];
            return new InputTensor(input.Name, tensor.Values, tensor.Width, row);
        })]);
    }
}
