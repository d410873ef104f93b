using System.Globalization;
using System.Text.Json.Serialization;
using Governance.Audit.Data;
using Governance.Audit.Serving;
using Governance.Portal.Features.Answers;
using Governance.Portal.Security;

namespace Governance.Portal.Protocols.OpenInference;

/// <summary>What the protocol asks of a model: is it ready, and what does it take and give.</summary>
internal static class ModelEndpoints
{
    internal static async Task<IResult> DescribeAsync(string model, string? version, HttpContext http, DescribeServed describe, FindServed find)
    {
        (ServedModel? served, IResult? fault) = await FindAsync(model, version, http, describe, find);
        return served is null ? fault! : TypedResults.Json(ModelAnswer.Of(served));
    }

    internal static async Task<IResult> ReadyAsync(string model, string? version, HttpContext http, DescribeServed describe, FindServed find)
    {
        (ServedModel? served, IResult? fault) = await FindAsync(model, version, http, describe, find);
        if (served is null)
        {
            return fault!;
        }

        return TypedResults.Json(
            new ModelReadyAnswer(served.Model, served.IsReady), statusCode: served.Closed is { Cause: var cause } ? AnswerEndpoints.StatusOf(cause) : StatusCodes.Status200OK);
    }

    private static async Task<(ServedModel? Served, IResult? Fault)> FindAsync(
        string model, string? version, HttpContext http, DescribeServed describe, FindServed find)
    {
        if (!InferEndpoints.TryNumber(version, out int? number))
        {
            return (null, InferenceFault.Of(StatusCodes.Status404NotFound, InferenceFault.NoSuchVersion));
        }

        number ??= await find.NewestAsync(http.User.Id(), model, http.RequestAborted);
        try
        {
            return number is null ? (null, InferenceFault.Of(StatusCodes.Status404NotFound, InferenceFault.NoSuchVersion))
                : await describe.RunAsync(http.User.Id(), model, number.Value, http.RequestAborted) switch
                {
                    ServedModelOutcome.Described described => (described.Served, null),
                    ServedModelOutcome.Refused refused => (null, InferenceFault.Of(StatusCodes.Status403Forbidden, refused.Reason.Sentence)),
                    _ => (null, InferenceFault.Of(StatusCodes.Status404NotFound, InferenceFault.NoSuchVersion)),
                };
        }
        catch (InputException fault)
        {
            return (null, InferenceFault.Of(StatusCodes.Status409Conflict, fault.Message));
        }
    }
}

/// <summary>Whether a version answers whoever asks.</summary>
internal sealed record ModelReadyAnswer(string Name, bool Ready);

/// <summary>A tensor that a version takes or gives.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Datatype">Its element type.</param>
/// <param name="Shape">Its dimensions; -1 for any.</param>
internal sealed record TensorAnswer(string Name, string Datatype, IReadOnlyList<long> Shape);

/// <summary>What a version takes and gives.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Versions">The numbers of its approved versions.</param>
/// <param name="Platform">What runs it.</param>
/// <param name="Inputs">Its tensors.</param>
/// <param name="Outputs">The tensors that it gives.</param>
/// <param name="ReadableColumns">The columns that may be sent in place of its tensors, and how.</param>
internal sealed record ModelAnswer(
    string Name, IReadOnlyList<string> Versions, string Platform, IReadOnlyList<TensorAnswer> Inputs, IReadOnlyList<TensorAnswer> Outputs,
    [property: JsonPropertyName("readable_columns")] ColumnsAnswer ReadableColumns)
{
    private const string How =
        "Send one input a column of this list in place of the tensors: text as BYTES, numbers as FP64 or any other number type, an empty text or null for a missing cell. "
        + "Encoders, normalisation, labels and thresholds are the version's own. A row of tensors is taken only where a readable row encodes to exactly it.";

    /// <summary>The description of a version.</summary>
    public static ModelAnswer Of(ServedModel served) => new(
        served.Model, [.. served.Approved.Append(served.Version).Distinct().Order().Select(number => number.ToString(CultureInfo.InvariantCulture))], "onnxruntime_onnx",
        [.. served.Inputs.Select(input => new TensorAnswer(input.Name, TensorType.NameOf(input.Kind), [-1, .. input.RowShape.Select(size => (long)size)]))],
        [.. served.Outputs.Select(output => new OutputTensor(output, [])).Zip(served.Outputs, (tensor, output) =>
            new TensorAnswer(tensor.Name, tensor.Type, output.Width == 0 ? [-1] : [-1, output.Width]))],
        new ColumnsAnswer(How, [.. served.Columns.Select(column => new TensorAnswer(column.Name, column.IsNumeric ? "FP64" : TensorType.Bytes, [-1]))]));
}

/// <summary>Columns in place of tensors.</summary>
/// <param name="Description">How they are sent.</param>
/// <param name="Inputs">One a column.</param>
internal sealed record ColumnsAnswer(string Description, IReadOnlyList<TensorAnswer> Inputs);
