using Governance.Audit.Serving;
using Governance.Registry.Proposals;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Audit.Answers;

/// <summary>The registrations of the pipeline of answers.</summary>
internal static class AnswerServices
{
    /// <summary>Adds it. What it remembers it remembers for the process.</summary>
    public static void AddAnswers(this IServiceCollection services)
    {
        services.AddTransient<FindReference>();
        services.AddTransient<ChooseOutputPolicy>();
        services.AddTransient<ReadBalance>();
        services.AddTransient<IProposedChange, OutputPolicyProposal>();
        services.AddTransient<AnswerRows>();
        services.AddTransient<ShowOtherRows>();
        services.AddTransient<NoteAnswers>();
        services.AddSingleton<AnswerGrants>();
        services.AddSingleton<HostedModels>();
        services.AddServing();
        services.AddSingleton<RequestRate>();
        services.AddSingleton<KnownRepeats>();
        services.AddSingleton<ComputeRows>();
        services.AddHostedService<AnswerUpkeep>();
    }
}
