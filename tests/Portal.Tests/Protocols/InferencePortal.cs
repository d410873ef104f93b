using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Governance.Audit.Answers;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Registrations;
using Governance.Portal.Features.Datasets;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Protection;
using Governance.Registry.Storage;
using Governance.Registry.Tokens;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Element = Governance.Audit.Inference.Graphs.TensorProto.Types.DataType;

namespace Governance.Portal.Tests.Protocols;

/// <summary>A portal with models of several kinds, and programs with tokens that ask them by the Open Inference Protocol.</summary>
public sealed class InferencePortal : IAsyncLifetime
{
    private readonly Dictionary<string, UserId> people = [];
    private PortalServer? server;
    private OtlpSink? collector;

    /// <summary>The running portal.</summary>
    public PortalServer Server => server!;

    /// <summary>Where it sends its measurements.</summary>
    internal OtlpSink Collector => collector!;

    /// <summary>The account of a user name.</summary>
    public UserId this[string user] => people[user];

    /// <summary>Reference rows of the model of trees.</summary>
    public Table Train { get; private set; } = default!;

    public async Task InitializeAsync()
    {
        collector = await OtlpSink.StartAsync();
        server = await PortalServer.StartAsync(change: options => options with { Otlp = collector.Address, OtlpInterval = TimeSpan.FromSeconds(1) });
        foreach ((string user, Role role) in ((string, Role)[])
        [
            ("dev", Role.Developer), ("rita", Role.Reviewer), ("coen", Role.Consumer), ("cami", Role.Consumer), ("stan", Role.Consumer), ("otto", Role.Operator),
        ])
        {
            people[user] = (await server.AddAsync(user, role)).Id;
        }

        byte[] train = await File.ReadAllBytesAsync(Sample("hmda", "train.csv"));
        Assert.IsType<RegisterDatasetOutcome.Registered>(await Get<AdmitDataset>().RunAsync(
            Actor.Person(people["dev"]), "hmda-train", "Boston mortgages 1990", train, ColumnGuess.Of, "yes", "no", default));
        using MemoryStream stream = new(train);
        Train = CsvTable.Read(stream, default);
        await RegisterAsync(
            "trees", await File.ReadAllBytesAsync(Sample("models", "hmda_gbt", "model.onnx")),
            await File.ReadAllBytesAsync(Sample("models", "hmda_gbt", "manifest.json")), "hmda-train", Stage.Approved);
        await RegisterAsync("mymodel", Published(), Encoding.UTF8.GetBytes(PublishedEncoding), null, Stage.Approved);
    }

    public async Task DisposeAsync()
    {
        await server!.DisposeAsync();
        await collector!.DisposeAsync();
    }

    /// <summary>Somebody's session.</summary>
    public async Task<SignedInClient> SignInAsync(string user)
    {
        SignedInClient client = new(new Uri(Server.Address));
        await client.SubmitAsync("/accounts/sign-in", "#password", ("Form.Name", user), ("Form.Password", PortalServer.Password));
        return client;
    }

    /// <summary>A program of somebody's with a token.</summary>
    public async Task<HttpClient> ProgramAsync(string user, TokenScope scope = TokenScope.Predict, string? model = null)
    {
        IssueTokenOutcome outcome = await Get<IssueToken>().RunAsync(
            Actor.System, new NewToken(people[user], $"program {Guid.CreateVersion7()}", [scope]) { Models = model is null ? [] : [model] }, default);
        HttpClient client = new() { BaseAddress = new Uri(Server.Address) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Assert.IsType<IssueTokenOutcome.Issued>(outcome).Text);
        return client;
    }

    /// <summary>A use case.</summary>
    public T Get<T>()
        where T : notnull => Server.Services.GetRequiredService<T>();

    /// <summary>Rows of the reference data as inputs by column, with another income share for each row where one is given.</summary>
    public JsonArray Columns(IReadOnlyList<int> rows, double? pirat = null)
    {
        JsonArray inputs = [];
        foreach (Column column in Train.Columns.Where(column => column.Name != "deny"))
        {
            JsonArray data = [.. rows.Select(row => column is NumberColumn
                ? JsonValue.Create(column.Name == "pirat" && pirat is double share ? share : column.Number(row))
                : (JsonNode?)JsonValue.Create(column.Text(row)))];
            inputs.Add(new JsonObject
            {
                ["name"] = column.Name, ["shape"] = new JsonArray(rows.Count), ["datatype"] = column is NumberColumn ? "FP64" : "BYTES", ["data"] = data,
            });
        }

        return inputs;
    }

    /// <summary>A row of the reference data as the model of trees reads it.</summary>
    public float[] Encode(int row)
    {
        using OnnxPredictor model = OnnxPredictor.Load(File.ReadAllBytes(Sample("models", "hmda_gbt", "model.onnx")), new PredictorOptions { Provider = "cpu" }, default);
        RowEncoder encoder = new(model.Signature, ModelEncoding.Read(File.ReadAllBytes(Sample("models", "hmda_gbt", "manifest.json"))));
        return (float[])encoder.Encode(Train.Take([row])).Tensors[0].Values;
    }

    /// <summary>Registers a model with one version.</summary>
    internal async Task<ModelVersionId> RegisterAsync(string name, byte[] file, byte[] encoding, string? reference, Stage stage)
    {
        Actor owner = Actor.Person(people["dev"]);
        Assert.IsType<RegisterModelOutcome.Registered>(await Get<RegisterModel>().RunAsync(owner, new NewModel(name, name, "Is served.", RiskTier.Low), default));
        foreach (string user in (string[])["rita", "coen", "cami", "otto"])
        {
            Assert.IsType<GrantOutcome.Granted>(await Get<GrantAccess>().RunAsync(Actor.System, people[user], name, GrantExtras.None, default));
        }

        ModelVersionId version = await AddVersionAsync(name, file, encoding, stage);
        if (reference is not null)
        {
            Assert.IsType<ProtectionOutcome.Changed>(await Get<ChooseOutputPolicy>().RunAsync(
                Actor.System, name, OutputPolicies.Default, reference, "Its training data.", default));
        }

        Assert.IsType<DeploymentOutcome.Deployed>(await Get<DeployVersion>().RunAsync(
            Actor.Person(people["otto"]), new NewDeployment(version, "production", DeploymentRole.Champion), default));
        return version;
    }

    /// <summary>Registers another version of a model, approved unless told otherwise.</summary>
    internal async Task<ModelVersionId> AddVersionAsync(string name, byte[] file, byte[] encoding, Stage stage = Stage.Approved)
    {
        RegisterVersionOutcome outcome = await Get<AdmitVersion>().RunAsync(Actor.Person(people["dev"]), name, file, encoding, null, [], default);
        ModelVersionId version = Assert.IsType<RegisterVersionOutcome.Registered>(outcome).Version.Id;

        // The way to approval is other tests' matter; this registry's ledger is not verified afterwards.
        await using GovernanceDb db = await Get<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        await db.Versions.Where(row => row.Id == version).ExecuteUpdateAsync(row => row.SetProperty(each => each.Stage, stage));
        return version;
    }

    private const string PublishedEncoding = """
        {"inputs":[
          {"name":"input0","features":[{"name":"a","column":"a","kind":"numeric"},{"name":"b","column":"b","kind":"numeric"}]},
          {"name":"input1","features":[{"name":"c","column":"c","kind":"numeric"},{"name":"d","column":"d","kind":"numeric"},{"name":"e","column":"e","kind":"numeric"}]}]}
        """;

    // The tensors of the protocol's examples: input0 of UINT32, input1 of BOOL, output0 of FP32.
    private static byte[] Published() => new GivenModel()
        .Input("input0", Element.Uint32, null, 2).Input("input1", Element.Bool, null, 3)
        .Weights("w", [2, 2], [0.25f, -0.5f, 0.125f, 0.75f]).Weights("v", [3, 2], [1f, 0, 0, 1f, 0.5f, -0.5f])
        .Node("Cast", ["input0"], ["x"], "", ("to", (long)Element.Float)).Node("Cast", ["input1"], ["y"], "", ("to", (long)Element.Float))
        .Node("MatMul", ["x", "w"], ["xw"]).Node("MatMul", ["y", "v"], ["yv"]).Node("Add", ["xw", "yv"], ["z"])
        .Node("Softmax", ["z"], ["output0"])
        .Output("output0", Element.Float, null, 2)
        .Build();

    private static string Sample(params string[] parts) => Path.Combine([Reference.Repository, "samples", .. parts]);
}

/// <summary>The tests that share the portal.</summary>
[CollectionDefinition(Name)]
public sealed class InferenceTests : ICollectionFixture<InferencePortal>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "Inference";
}
