using Governance.Audit.Data;

namespace Governance.Audit.Quarantine.Scanning;

/// <summary>Reads a model file with our own reader, before any other code sees it.</summary>
internal static class ModelScan
{
    /// <summary>Reads the structure of a file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="limits">How much of what it may hold.</param>
    /// <exception cref="InputException">It is no ONNX model, or passes a limit of its form.</exception>
    public static ScannedModel Read(ReadOnlySpan<byte> file, ModelLimits limits)
    {
        ForeignFormats.Refuse(file);
        if (file.Length > limits.Bytes)
        {
            throw new InputException($"The model file has {file.Length:N0} bytes, more than the {limits.Bytes:N0} that are accepted.");
        }

        ScanContext context = new(limits);
        ScannedModel model = new();
        WireReader reader = new(file);
        while (reader.TryNext())
        {
            if (reader.Field is 1 or 2 or 3 or 4 or 5 or 6 or 7)
            {
                reader.Once();
            }

            switch (reader.Field)
            {
                case 1:
                    model.IrVersion = reader.Varint();
                    break;
                case 2:
                    model.Producer = reader.Name(limits);
                    break;
                case 3:
                    model.ProducerVersion = reader.Name(limits);
                    break;
                case 7:
                    model.Graph = GraphScan.Read(reader.Message(), file, context, 0);
                    break;
                case 8:
                    model.Opsets.Add(ReadOpset(reader.Message(), context));
                    break;
                case 20:
                    throw new InputException("The model file holds training information; export the model for inference only.");
                case 25:
                    model.Functions.Add(ReadFunction(reader.Message(), file, context));
                    break;
                case 5:
                    reader.Varint();
                    break;
                case 4 or 6 or 14:
                    context.Spend();
                    reader.Bytes();
                    break;
                default:
                    context.Spend();
                    reader.Skip();
                    break;
            }
        }

        return model.Graph is { } graph && (graph.Nodes.Count > 0 || graph.Outputs.Count > 0)
            ? model
            : throw new InputException("The file is no ONNX model: it holds no graph.");
    }

    /// <summary>"" for the default domain, which has two names.</summary>
    public static string Domain(string domain) => domain == "ai.onnx" ? "" : domain;

    private static (string Domain, long Version) ReadOpset(WireReader reader, ScanContext context)
    {
        context.Spend();
        string domain = "";
        long version = 0;
        while (reader.TryNext())
        {
            switch (reader.Field)
            {
                case 1:
                    reader.Once();
                    domain = Domain(reader.Name(context.Limits));
                    break;
                case 2:
                    reader.Once();
                    version = reader.Varint();
                    break;
                default:
                    context.Spend();
                    reader.Skip();
                    break;
            }
        }

        return (domain, version);
    }

    private static ScannedFunction ReadFunction(WireReader reader, ReadOnlySpan<byte> file, ScanContext context)
    {
        context.Spend();
        ScannedFunction function = new();
        while (reader.TryNext())
        {
            switch (reader.Field)
            {
                case 1:
                    reader.Once();
                    function.Name = reader.Name(context.Limits);
                    break;
                case 4:
                    context.Spend();
                    function.Inputs.Add(reader.Name(context.Limits));
                    break;
                case 5:
                    context.Spend();
                    function.Outputs.Add(reader.Name(context.Limits));
                    break;
                case 7:
                    function.Nodes.Add(GraphScan.ReadNode(reader.Message(), file, context, 0));
                    break;
                case 9:
                    function.Opsets.Add(ReadOpset(reader.Message(), context));
                    break;
                case 10:
                    reader.Once();
                    function.Domain = Domain(reader.Name(context.Limits));
                    break;
                case 13:
                    reader.Once();
                    function.Overload = reader.Name(context.Limits);
                    break;
                default:
                    context.Spend();
                    reader.Skip();
                    break;
            }
        }

        return function;
    }
}
