namespace Governance.Audit.Inference.Forms;

/// <summary>The post transforms of ai.onnx.ml models.</summary>
internal static class PostTransform
{
    /// <summary>The scores after a transform that is applied to all of them.</summary>
    /// <param name="scope">Makes the curves.</param>
    /// <param name="margins">One a class or target.</param>
    /// <param name="name">NONE, LOGISTIC, SOFTMAX, SOFTMAX_ZERO or PROBIT.</param>
    /// <exception cref="Data.InputException">There is no such transform.</exception>
    public static AffineForm[] Apply(FormScope scope, AffineForm[] margins, string name) => name switch
    {
        "NONE" => margins,
        "LOGISTIC" => [.. margins.Select(margin => scope.Curve(CurveKind.Sigmoid, [margin]))],
        "SOFTMAX" => [.. margins.Select((_, k) => scope.Curve(CurveKind.Softmax, margins, k))],
        "SOFTMAX_ZERO" => [.. margins.Select((_, k) => scope.Curve(CurveKind.SoftmaxZero, margins, k))],
        "PROBIT" => [.. margins.Select(margin => scope.Curve(CurveKind.Probit, [margin]))],
        _ => throw new Data.InputException($"The model has the unknown post transform '{name}'."),
    };

    /// <summary>Two classes of which only the second has a score.</summary>
    /// <param name="scope">Makes the curves.</param>
    /// <param name="margin">The second class's score.</param>
    /// <param name="name">The transform.</param>
    public static AffineForm[] Pair(FormScope scope, AffineForm margin, string name)
    {
        if (name == "LOGISTIC")
        {
            AffineForm chance = scope.Curve(CurveKind.Sigmoid, [margin]);
            return [chance.Scaled(-1, 1), chance];
        }

        return name == "PROBIT"
            ? throw new Data.InputException("The model scores one of two classes with PROBIT, for which the runtime leaves the other score undefined.")
            : [margin.Scaled(-1, 1), margin];
    }
}
