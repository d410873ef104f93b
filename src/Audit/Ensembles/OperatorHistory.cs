namespace Governance.Audit.Ensembles;

/// <summary>The versions of ONNX operators at which the same node began to mean something else.</summary>
/// <remarks>
/// From the changelog of the ONNX operators (Operators.md and Changelog.md of onnx/onnx, opsets 7 to 23 and ai.onnx.ml 1
/// to 5). Versions that only allow more types or add attributes whose defaults keep the old meaning are not listed.
/// Before opset 7 arithmetic broadcast by attributes; such models are refused.
/// </remarks>
internal static class OperatorHistory
{
    /// <summary>The earliest version of the default domain that a member may use.</summary>
    public const long Earliest = 7;

    /// <summary>The version of the default domain that the nodes of an ensemble are written for.</summary>
    public const long Written = 13;

    /// <summary>The version of ai.onnx.ml from which LabelEncoder maps texts to numbers of one's own choice.</summary>
    public const long WrittenLearning = 2;

    /// <summary>The domain of trees and linear models.</summary>
    public const string Learning = "ai.onnx.ml";

    private static readonly Dictionary<(string Domain, string Op), (long Version, OperatorChange Change)[]> Changes = new()
    {
        [("", "Squeeze")] = [(13, OperatorChange.AxesToInput)],
        [("", "Unsqueeze")] = [(13, OperatorChange.AxesToInput)],
        [("", "ReduceSum")] = [(13, OperatorChange.AxesToInput)],
        [("", "ReduceMax")] = [(18, OperatorChange.AxesToInput)],
        [("", "ReduceMin")] = [(18, OperatorChange.AxesToInput)],
        [("", "ReduceMean")] = [(18, OperatorChange.AxesToInput)],
        [("", "ReduceProd")] = [(18, OperatorChange.AxesToInput)],
        [("", "ReduceL1")] = [(18, OperatorChange.AxesToInput)],
        [("", "ReduceL2")] = [(18, OperatorChange.AxesToInput)],
        [("", "ReduceLogSum")] = [(18, OperatorChange.AxesToInput)],
        [("", "ReduceLogSumExp")] = [(18, OperatorChange.AxesToInput)],
        [("", "ReduceSumSquare")] = [(18, OperatorChange.AxesToInput)],
        [("", "Split")] = [(13, OperatorChange.SplitToInput), (18, OperatorChange.CountedSplit)],
        [("", "Softmax")] = [(13, OperatorChange.TwoDimensional)],
        [("", "LogSoftmax")] = [(13, OperatorChange.TwoDimensional)],
        [("", "Hardmax")] = [(13, OperatorChange.TwoDimensional)],
        [("", "Clip")] = [(11, OperatorChange.BoundsToInputs)],
        [("", "Pad")] = [(11, OperatorChange.PadsToInputs)],
        [("", "Slice")] = [(10, OperatorChange.RangesToInputs)],
        [("", "TopK")] = [(10, OperatorChange.CountToInput)],
        [("", "Dropout")] = [(12, OperatorChange.DroppedRatio)],
        [("", "BatchNormalization")] = [(9, OperatorChange.DroppedSpatial), (14, OperatorChange.OneOutput)],
        [("", "RoiAlign")] = [(16, OperatorChange.OldCorners)],
        [("", "GridSample")] = [(20, OperatorChange.GridModes)],
        [("", "Scatter")] = [(11, OperatorChange.Renamed)],
        [("", "Scan")] = [(9, OperatorChange.Refused)],
        [("", "Upsample")] = [(9, OperatorChange.Refused), (10, OperatorChange.Refused)],
        [("", "Resize")] = [(11, OperatorChange.Refused)],
        [("", "DFT")] = [(20, OperatorChange.Refused)],
        [("", "GroupNormalization")] = [(21, OperatorChange.Refused)],
        [(Learning, "LabelEncoder")] = [(2, OperatorChange.Refused)],
        [(Learning, "TreeEnsembleClassifier")] = [(5, OperatorChange.Refused)],
        [(Learning, "TreeEnsembleRegressor")] = [(5, OperatorChange.Refused)],
    };

    /// <summary>What changed for an operator on the way from one version to another, in order.</summary>
    /// <param name="domain">Empty for the default one.</param>
    /// <param name="op">The operator.</param>
    /// <param name="from">The version it was written for.</param>
    /// <param name="to">The version it shall run under.</param>
    public static IEnumerable<OperatorChange> Between(string domain, string op, long from, long to) =>
        Changes.TryGetValue((domain, op), out (long Version, OperatorChange Change)[]? list)
            ? list.Where(change => change.Version > from && change.Version <= to).Select(change => change.Change)
            : [];
}
