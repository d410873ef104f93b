using Governance.Audit.Gradients;
using Governance.Audit.Training;
using Governance.Audit.Training.Export;
using DataType = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Audit.Ensembles;

/// <summary>Writes the nodes that put the members' answers together.</summary>
/// <param name="tape">Behind the members' nodes.</param>
internal sealed class EnsembleNodes(Tape tape)
{
    // Shares of votes are sums of floats: nearer than this they are equal. Two different sums of up to 16 weights that
    // people write are further apart.
    private const double VoteSlack = 1e-6;

    /// <summary>The weighted mean of values of equal shape.</summary>
    /// <param name="values">One a member.</param>
    /// <param name="shares">Shape [members]; the sum is 1.</param>
    public string Mean(IReadOnlyList<string> values, IReadOnlyList<double> shares) =>
        tape.Op("Sum", [.. values.Select((value, i) => tape.Mul(value, tape.Number(shares[i], DataType.Float)))]);

    /// <summary>The weighted standard deviation about a mean: √Σ share · (value − mean)².</summary>
    public string Spread(IReadOnlyList<string> values, string mean, IReadOnlyList<double> shares)
    {
        string[] squares = [.. values.Select(value =>
        {
            string distance = tape.Sub(value, mean);
            return tape.Mul(distance, distance);
        })];
        return tape.Op("Sqrt", [Mean(squares, shares)]);
    }

    /// <summary>One column of a value, shape [N, 1].</summary>
    public string Column(string value, int place) =>
        tape.Op("Gather", [value, tape.Whole(place)], GraphBuilder.Attribute("axis", 1));

    /// <summary>The place of the largest share of votes, shape [N]; of equal ones that with the highest mean probability, else the first.</summary>
    /// <param name="shares">Shape [N, classes].</param>
    /// <param name="mean">The mean probabilities; null where not all members give some.</param>
    public string MostVotes(string shares, string? mean)
    {
        string place = tape.Op("ArgMax", [shares], GraphBuilder.Attribute("axis", 1), GraphBuilder.Attribute("keepdims", 1));
        string most = tape.Op("GatherElements", [shares, place], GraphBuilder.Attribute("axis", 1));
        string tied = tape.Op("GreaterOrEqual", [shares, tape.Sub(most, tape.Number(VoteSlack, DataType.Float))]);
        string rank = tape.Op("Where", [tied, mean ?? tape.Number(0, DataType.Float), tape.Number(-1, DataType.Float)]);
        return Largest(rank);
    }

    /// <summary>The place of the largest value of each row, the first of equals, shape [N].</summary>
    public string Largest(string value) =>
        tape.Op("ArgMax", [value], GraphBuilder.Attribute("axis", 1), GraphBuilder.Attribute("keepdims", 0));

    /// <summary>The place of the positive class where its probability passes the threshold, else of the other one, shape [N].</summary>
    public string Decided(string probabilities, int positive, double threshold)
    {
        string place = tape.Op(
            "Where", [MemberNodes.Passes(tape, probabilities, positive, threshold), tape.Scalar(positive), tape.Scalar(1 - positive)]);
        return tape.Op("Reshape", [place, tape.Whole(-1)]);
    }

    /// <summary>The probabilities that a stacked model gives.</summary>
    /// <param name="probabilities">One a member, shape [N, classes].</param>
    /// <param name="model">Trained on <see cref="StackedFeatures"/>.</param>
    /// <param name="positive">Of two classes the place of the one whose log-odds it reads.</param>
    public string Stacked(IReadOnlyList<string> probabilities, MultinomialModel model, int positive)
    {
        string[] logs = [.. probabilities.Select(value => tape.Op(
            "Log", [tape.Op("Clip", [value, tape.Number(StackedFeatures.Least, DataType.Float), tape.Number(StackedFeatures.Most, DataType.Float)])]))];
        string[] features = model.Classes > 2
            ? logs
            : [.. logs.Select(log => tape.Sub(Column(log, positive), Column(log, 1 - positive)))];
        string all = features.Length == 1 ? features[0] : tape.Op("Concat", features, GraphBuilder.Attribute("axis", 1));
        double[] weights = new double[model.Features.Count * model.Classes];
        for (int k = 0; k < model.Classes; k++)
        {
            for (int feature = 0; feature < model.Features.Count; feature++)
            {
                weights[(feature * model.Classes) + k] = model.Coefficients[k][feature];
            }
        }

        string logits = tape.Add(
            tape.Op("MatMul", [all, tape.Floats(weights, DataType.Float, model.Features.Count, model.Classes)]),
            tape.Floats([.. model.Intercepts], DataType.Float, model.Classes));
        return tape.Op("Softmax", [logits], GraphBuilder.Attribute("axis", 1));
    }
}
