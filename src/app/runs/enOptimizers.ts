/** What optimisers are called. */
export const optimizers = { sgd: 'SGD', adam: 'Adam', rmsprop: 'RMSprop' } as const;
