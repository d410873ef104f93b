using Governance.Audit.Data;
using Governance.Audit.Quarantine.Scanning;

namespace Governance.Audit.Quarantine.Rules;

/// <summary>Weights lie in the file, and there are as many of them as the dimensions say.</summary>
internal static class TensorRule
{
    /// <summary>Checks a tensor.</summary>
    /// <exception cref="InputException">Its data lies elsewhere, or does not fit its dimensions.</exception>
    public static void Check(ScannedTensor tensor)
    {
        string name = Quoted.Of(tensor.Name);
        if (tensor.IsExternal)
        {
            throw new InputException($"The weights {name} lie outside the model file (external data); only models in one file are accepted.");
        }

        if (tensor.IsSegment)
        {
            throw new InputException($"The weights {name} are a segment of a larger tensor, which no runtime reads.");
        }

        if (tensor.Dims.Count > IntegerList.Kept)
        {
            throw new InputException($"The weights {name} have {tensor.Dims.Count:N0} dimensions, more than {IntegerList.Kept}.");
        }

        if (tensor.Dims.Count > 0 && tensor.Dims.Min < 0)
        {
            throw new InputException($"The weights {name} declare the dimension {tensor.Dims.Min:N0}, which is negative.");
        }

        if (ElementType.Of(tensor.Type) is not ElementType type)
        {
            throw new InputException($"The weights {name} are of the element type {tensor.Type}, which the ONNX format does not have.");
        }

        CheckData(tensor, type, name);
    }

    /// <summary>Checks a sparse tensor, which a runtime makes dense when it loads it.</summary>
    /// <exception cref="InputException">A part of it does not fit, or it is too large when dense.</exception>
    public static void Check(ScannedSparse sparse, ModelLimits limits)
    {
        Check(sparse.Values);
        Check(sparse.Indices);
        string name = Quoted.Of(sparse.Values.Name);
        if (sparse.Dims.Count > IntegerList.Kept || (sparse.Dims.Count > 0 && sparse.Dims.Min < 0))
        {
            throw new InputException($"The sparse weights {name} have dimensions that no tensor can have.");
        }

        if (sparse.Dims.Product > limits.ValueElements)
        {
            throw new InputException($"The sparse weights {name} have {sparse.Dims.Product:N0} elements when dense, more than the {limits.ValueElements:N0} that are accepted.");
        }

        double count = sparse.Values.Elements;
        double rank = sparse.Dims.Count;
        if (sparse.Indices.Type != ElementType.Int64 || (sparse.Indices.Elements != count && sparse.Indices.Elements != count * rank))
        {
            throw new InputException($"The sparse weights {name} have {count:N0} values and {sparse.Indices.Elements:N0} indices, which does not fit.");
        }
    }

    private static void CheckData(ScannedTensor tensor, ElementType type, string name)
    {
        (int Field, long Count)[] data =
        [
            (4, tensor.Floats.Count), (5, tensor.Narrow?.Count ?? 0), (6, tensor.Texts), (7, tensor.Wide?.Count ?? 0),
            (10, tensor.Doubles.Count), (11, tensor.Unsigned?.Count ?? 0),
        ];
        double elements = tensor.Elements;
        if (Array.Exists(data, field => field.Count > 0 && (tensor.Raw is { Length: > 0 } || field.Field != type.Field)))
        {
            throw new InputException($"The weights {name} of type {type.Name} hold data of another type beside their own.");
        }

        if (tensor.Raw is { Length: > 0 } raw)
        {
            double bytes = type.RawBytes(elements);
            if (raw.Length != bytes)
            {
                throw new InputException($"The weights {name} declare {elements:N0} elements of type {type.Name} ({bytes:N0} bytes) but hold {raw.Length:N0} bytes.");
            }

            return;
        }

        long held = Array.Find(data, field => field.Field == type.Field).Count;
        double entries = type.Entries(elements);
        if (held != entries)
        {
            throw new InputException($"The weights {name} declare {elements:N0} elements of type {type.Name} but hold {held:N0} of the {entries:N0} numbers that these need.");
        }
    }
}
