using System.Net;
using System.Text.Json.Nodes;
using Governance.Audit.Answers;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;
using Governance.Audit.Registrations;
using Governance.Portal.Features.Datasets;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Protection;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Governance.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Answers;

/// <summary>A portal with a linear model and one of trees, both approved, and people who ask them.</summary>
public sealed class AnswerPortal : IAsyncLifetime
{
    private readonly Dictionary<string, UserId> people = [];
    private PortalServer? server;

    /// <summary>The running portal.</summary>
    public PortalServer Server => server!;

    /// <summary>The account of a user name.</summary>
    public UserId this[string user] => people[user];

    /// <summary>The reference rows of both models.</summary>
    public Table Train { get; private set; } = default!;

    public async Task InitializeAsync()
    {
        server = await PortalServer.StartAsync();
        foreach ((string user, Role role) in ((string, Role)[])
        [
            ("dev", Role.Developer), ("dora", Role.Developer), ("rita", Role.Reviewer), ("carl", Role.Approver), ("coen", Role.Consumer), ("cami", Role.Consumer),
            ("caro", Role.Consumer), ("cleo", Role.Consumer), ("stan", Role.Consumer), ("theo", Role.Consumer), ("gale", Role.Developer), ("otto", Role.Operator), ("ada", Role.Administrator),
        ])
        {
            people[user] = (await server.AddAsync(user, role)).Id;
        }

        byte[] train = await File.ReadAllBytesAsync(Sample("hmda", "train.csv"));
        Assert.IsType<RegisterDatasetOutcome.Registered>(await server.Services.GetRequiredService<AdmitDataset>().RunAsync(
            Actor.Person(people["dev"]), "hmda-train", "Boston mortgages 1990", train, ColumnGuess.Of, "yes", "no", default));
        using MemoryStream stream = new(train);
        Train = CsvTable.Read(stream, default);
        await RegisterAsync("linear", "hmda_logreg", Stage.Approved);
        await RegisterAsync("trees", "hmda_gbt", Stage.ApprovedWithConditions);
        await RegisterAsync("draft", "hmda_fair", Stage.Draft);
    }

    public async Task DisposeAsync() => await server!.DisposeAsync();

    /// <summary>The id of a model.</summary>
    public async Task<ModelId> ModelAsync(string name)
    {
        await using GovernanceDb db = await Server.Services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        return (await db.Models.SingleAsync(row => row.Name == name)).Id;
    }

    /// <summary>The id of its version.</summary>
    public async Task<ModelVersionId> VersionAsync(string name)
    {
        ModelId model = await ModelAsync(name);
        await using GovernanceDb db = await Server.Services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        return (await db.Versions.SingleAsync(row => row.Model == model)).Id;
    }

    /// <summary>Somebody's session.</summary>
    public async Task<SignedInClient> SignInAsync(string user)
    {
        SignedInClient client = new(new Uri(Server.Address));
        await client.SubmitAsync("/accounts/sign-in", "#password", ("Form.Name", user), ("Form.Password", PortalServer.Password));
        return client;
    }

    /// <summary>A row of the reference data, with another income share, as cells by column.</summary>
    public JsonObject Row(int row, double? pirat = null)
    {
        JsonObject cells = [];
        foreach (Column column in Train.Columns)
        {
            cells[column.Name] = column is NumberColumn ? column.Number(row) : column.Text(row);
        }

        cells["pirat"] = pirat ?? Train.Need("pirat").Number(row);
        return cells;
    }

    /// <summary>Asks a version.</summary>
    public static async Task<(HttpStatusCode Status, JsonNode Body, HttpResponseMessage Response)> AskAsync(
        SignedInClient client, string model, string what, IEnumerable<JsonNode> rows, string? form = null, string? target = null)
    {
        JsonObject body = new() { ["rows"] = new JsonArray([.. rows]), ["form"] = form, ["target"] = target };
        HttpResponseMessage response = await client.CallAsync(HttpMethod.Post, $"/api/v1/models/{model}/versions/1/{what}", JsonContent(body));
        string text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!, response);
    }

    /// <summary>Asks in process, as the endpoint does.</summary>
    public Task<AnswerOutcome> AskAsync(string user, string model, QueryKind kind, Table rows, PredictionForm? form = null) =>
        Server.Services.GetRequiredService<AnswerRows>().RunAsync(
            new AnswerRequest { Principal = people[user], Model = model, Version = 1, Kind = kind, Rows = _ => rows, Form = form }, default);

    private static StringContent JsonContent(JsonObject body) => new(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");

    private async Task RegisterAsync(string name, string sample, Stage stage)
    {
        Actor owner = Actor.Person(people["dev"]);
        Assert.IsType<RegisterModelOutcome.Registered>(await Server.Services.GetRequiredService<RegisterModel>().RunAsync(
            owner, new NewModel(name, name, "Estimates whether an application will be denied.", RiskTier.Medium), default));
        GrantAccess grants = Server.Services.GetRequiredService<GrantAccess>();
        foreach (string user in (string[])["dora", "rita", "carl", "coen", "cami", "caro", "cleo", "theo", "gale", "otto"])
        {
            GrantExtras extras = user == "cami" ? GrantExtras.Explanations : GrantExtras.None;
            Assert.IsType<GrantOutcome.Granted>(await grants.RunAsync(Actor.System, people[user], name, extras, default));
        }

        RegisterVersionOutcome outcome = await Server.Services.GetRequiredService<AdmitVersion>().RunAsync(
            owner, name, await File.ReadAllBytesAsync(Sample("models", sample, "model.onnx")),
            await File.ReadAllBytesAsync(Sample("models", sample, "manifest.json")), null, [], default);
        ModelVersionId version = Assert.IsType<RegisterVersionOutcome.Registered>(outcome).Version.Id;
        Assert.IsType<ProtectionOutcome.Changed>(await Server.Services.GetRequiredService<ChooseOutputPolicy>().RunAsync(
            Actor.System, name, OutputPolicies.Default, "hmda-train", "Its training data.", default));

        // The way to approval is other tests' matter; this registry's ledger is not verified afterwards.
        await using GovernanceDb db = await Server.Services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
        await db.Versions.Where(row => row.Id == version).ExecuteUpdateAsync(row => row.SetProperty(each => each.Stage, stage));
    }

    private static string Sample(params string[] parts) => Path.Combine([Reference.Repository, "samples", .. parts]);
}
