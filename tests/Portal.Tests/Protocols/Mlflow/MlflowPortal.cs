using System.Net.Http.Headers;
using System.Text;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Tokens;
using Governance.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Protocols.Mlflow;

/// <summary>A portal that MLflow's clients talk to: developers, two approvers and others, and a model of each developer.</summary>
public sealed class MlflowPortal : IAsyncLifetime
{
    private readonly Dictionary<string, UserId> people = [];
    private readonly Dictionary<string, string> tokens = []; // an account has a few at most
    private PortalServer? server;

    /// <summary>An ONNX file of three columns.</summary>
    public static byte[] Onnx(float bias) => GivenModel.Logistic([0.5f, -1f, 2f], bias);

    /// <summary>The account of a user name.</summary>
    public UserId this[string user] => people[user];

    public async Task InitializeAsync()
    {
        server = await PortalServer.StartAsync();
        foreach ((string user, Role role) in ((string, Role)[])
        [
            ("dev", Role.Developer), ("dora", Role.Developer), ("rita", Role.Reviewer), ("ada", Role.Approver), ("alan", Role.Approver),
            ("coen", Role.Consumer), ("otto", Role.Operator), ("abe", Role.Auditor),
        ])
        {
            people[user] = (await server.AddAsync(user, role)).Id;
        }

        await AddModelAsync("dev", "credit");
        await AddModelAsync("dora", "foreign");
    }

    public async Task DisposeAsync() => await server!.DisposeAsync();

    /// <summary>A use case.</summary>
    public T Get<T>()
        where T : notnull => server!.Services.GetRequiredService<T>();

    /// <summary>A model of a developer, granted to everybody else but the other developer.</summary>
    public async Task AddModelAsync(string owner, string name)
    {
        Assert.IsType<RegisterModelOutcome.Registered>(await Get<RegisterModel>().RunAsync(
            Actor.Person(people[owner]), new NewModel(name, name, "Decides about loans.", RiskTier.Medium), default));
        foreach (string user in (string[])["rita", "ada", "alan", "coen", "otto"])
        {
            Assert.IsType<GrantOutcome.Granted>(await Get<GrantAccess>().RunAsync(Actor.System, people[user], name, GrantExtras.None, default));
        }
    }

    /// <summary>A token of somebody's.</summary>
    public async Task<string> TokenAsync(string user, string[]? models = null, params TokenScope[] scopes)
    {
        IssueTokenOutcome outcome = await Get<IssueToken>().RunAsync(Actor.System, new NewToken(people[user], "mlflow", scopes) { Models = models ?? [] }, default);
        return Assert.IsType<IssueTokenOutcome.Issued>(outcome).Text;
    }

    /// <summary>A client as with MLFLOW_TRACKING_TOKEN.</summary>
    internal async Task<MlflowCalls> ClientAsync(string user, params TokenScope[] scopes)
    {
        string key = $"{user} {string.Join(' ', scopes)}";
        if (!tokens.TryGetValue(key, out string? token))
        {
            tokens[key] = token = await TokenAsync(user, null, scopes);
        }

        return Client("Bearer", token);
    }

    /// <summary>A client with a header Authorization.</summary>
    internal MlflowCalls Client(string? scheme, string? value)
    {
        HttpClient http = new() { BaseAddress = new Uri(server!.Address) };
        http.DefaultRequestHeaders.Authorization = scheme is null ? null : new AuthenticationHeaderValue(scheme, value);
        return new MlflowCalls(http);
    }

    /// <summary>The value of the header that MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD make.</summary>
    public static string Basic(string user, string password) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
}

/// <summary>The tests that share the portal.</summary>
[CollectionDefinition(Name)]
public sealed class MlflowTests : ICollectionFixture<MlflowPortal>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "Mlflow";
}
