using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference.Graphs;
using Governance.Audit.Runs;
using Governance.Registry.Policies;
using Governance.Tests;

namespace Governance.Audit.Tests.Equivalence;

/// <summary>The sample model of mortgage decisions, and variants of it. Its positive and favourable outcome is that a loan is granted.</summary>
internal static class GivenVariant
{
    private static readonly string Samples = Path.Combine(Reference.Repository, "samples");

    /// <summary>All 2,380 sample rows.</summary>
    public static Table Rows { get; } = CsvTable.Parse(string.Join('\n',
    [
        .. File.ReadAllLines(Path.Combine(Samples, "hmda", "train.csv")),
        .. File.ReadAllLines(Path.Combine(Samples, "hmda", "validation.csv")).Skip(1),
        .. File.ReadAllLines(Path.Combine(Samples, "hmda", "test.csv")).Skip(1),
    ]) + "\n");

    /// <summary>The parent.</summary>
    public static byte[] Model { get; } = File.ReadAllBytes(Path.Combine(Samples, "models", "hmda_logreg", "model.onnx"));

    /// <summary>How it reads rows.</summary>
    public static byte[] Encoding { get; } = CanonicalEncoding.Write(ModelEncoding.Read(File.ReadAllBytes(Path.Combine(Samples, "models", "hmda_logreg", "manifest.json"))));

    /// <summary>The same model with every weight rounded to half precision.</summary>
    public static byte[] Rounded()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(Model);
        foreach (AttributeProto attribute in model.Graph.Node.SelectMany(node => node.Attribute).Where(attribute => attribute.Floats.Count > 0))
        {
            for (int i = 0; i < attribute.Floats.Count; i++)
            {
                attribute.Floats[i] = (float)(Half)attribute.Floats[i];
            }
        }

        return model.ToByteArray();
    }

    /// <summary>An encoding that denies applicants of one group from a lower probability on than the others.</summary>
    /// <param name="threshold">From which probability of denial on; 0.5 is the parent's.</param>
    public static byte[] Harsher(double threshold)
    {
        JsonObject json = JsonNode.Parse(Encoding)!.AsObject();
        json["groupThresholds"] = GroupThresholdsJson.Write(new GroupThresholds
        {
            Method = "threshold", Columns = ["afam"], Positive = "yes", Otherwise = 0.5, Key = "k",
            Groups = [new GroupRule("yes", 0, 0, [new ThresholdRule(1, ThresholdOperator.AtLeast, threshold)])],
        });
        return System.Text.Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    /// <summary>Runs the battery.</summary>
    /// <param name="model">The variant's file.</param>
    /// <param name="encoding">How it reads rows.</param>
    /// <param name="pack">Whose limits judge; null for the default.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="change">Changes the options.</param>
    public static FindingsDocument Battery(byte[] model, byte[] encoding, PolicyPack? pack = null, int threads = 2, Func<AuditOptions, AuditOptions>? change = null) =>
        Battery(model, encoding, pack, threads, change, out _);

    /// <inheritdoc cref="Battery(byte[], byte[], PolicyPack?, int, Func{AuditOptions, AuditOptions}?)"/>
    public static FindingsDocument Battery(
        byte[] model, byte[] encoding, PolicyPack? pack, int threads, Func<AuditOptions, AuditOptions>? change, out ComputeEquivalence compute)
    {
        AuditTable data = new("hmda", new string('a', 64), Rows, "deny", "no", "no");
        AuditOptions options = EquivalenceDefaults.Of("battery", "hmda/1", "hmda", "hmda") with { Protected = ["afam"], Positive = "no", Favourable = "no" };
        compute = new ComputeEquivalence(
            new AuditInputs
            {
                Subject = Subject(2, model), Model = model, Encoding = encoding, Evaluation = data, Background = data,
                Parent = new ParentInputs(Subject(1, Model), Model, Encoding),
            },
            change?.Invoke(options) ?? options, pack ?? PolicyPack.Default, TimeProvider.System);
        return compute.Run(threads, new Silent(), default);
    }

    private static AuditSubject Subject(int number, byte[] model) =>
        new("hmda", number, number.ToString(CultureInfo.InvariantCulture), Convert.ToHexStringLower(SHA256.HashData(model)), null);

    private sealed class Silent : IRunProgress
    {
        public void Report(string stage, long done, long total)
        {
        }
    }
}
